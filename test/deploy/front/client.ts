import { request as connect } from 'node:http';
import { Readable } from 'node:stream';
import OpenAI from 'openai';
import { sign } from './signature';

/** How a client shows who it is: by a signature, or by an API key; with neither it is anonymous. */
export interface Caller {
  /** The secret that signs; only `test` is the emulator's. */
  readonly secret?: string;
  readonly apiKey?: string;
}

/**
 * The client of OpenAI at the base URL that the stack puts out. Only the connection is another: to the front instead of to
 * the address that the name would have.
 */
export function openai(baseURL: string, port: number, caller: Caller): OpenAI {
  return new OpenAI({
    baseURL,
    apiKey: caller.apiKey ?? 'unused',
    maxRetries: 0,
    fetch: (url, init) => send(new URL(String(url)), init ?? {}, port, caller),
  });
}

/** One request as the caller sends it, over a connection to the front. */
export async function send(url: URL, init: RequestInit, port: number, caller: Caller): Promise<Response> {
  // A form gets its boundary, and its type by it, only where it becomes a body.
  const request = new Request(url, init);
  const body = Buffer.from(await request.arrayBuffer());
  const { method } = request;
  const { authorization, ...others } = Object.fromEntries(request.headers);
  // The client always sends a bearer token; without an API key there is none to send.
  const headers = caller.apiKey ? { ...others, authorization: authorization ?? `Bearer ${caller.apiKey}` } : others;
  const plain = { method, host: url.host, path: url.pathname, headers, body: body.toString() };
  const sent = caller.secret ? await sign(plain, caller.secret) : { ...headers, host: url.host };
  return new Promise((resolve, reject) => {
    const path = `${url.pathname}${url.search}`;
    const outgoing = connect({ host: '127.0.0.1', port, method, path, headers: sent }, (incoming) => {
      const answered = Object.entries(incoming.headers).map(
        ([name, value]) => [name, String(value)] as [string, string],
      );
      resolve(
        new Response(Readable.toWeb(incoming) as ReadableStream, { status: incoming.statusCode, headers: answered }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
