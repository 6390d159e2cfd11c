import { request as connect } from 'node:http';
import { Readable } from 'node:stream';
import OpenAI from 'openai';
import { sign } from './signature';

/** How a client authenticates: with a signature or an API key. With neither, it is anonymous. */
export interface Caller {
  /** The secret for the signature; only `test` is valid in the emulator. */
  readonly secret?: string;
  readonly apiKey?: string;
}

/**
 * OpenAI's client at the base URL that the stack outputs. Only the connection differs: it goes to the simulated API Gateway,
 * because the host name has no address.
 */
export function openai(baseURL: string, port: number, caller: Caller): OpenAI {
  return new OpenAI({
    baseURL,
    apiKey: caller.apiKey ?? 'unused',
    maxRetries: 0,
    fetch: (url, init) => send(new URL(String(url)), init ?? {}, port, caller),
  });
}

/** Sends one request as the caller would, over a connection to the simulated API Gateway. */
export async function send(url: URL, init: RequestInit, port: number, caller: Caller): Promise<Response> {
  // A form gets its boundary, and so its content type, only when it becomes a body.
  const request = new Request(url, init);
  const body = Buffer.from(await request.arrayBuffer());
  const { method } = request;
  const { authorization, ...others } = Object.fromEntries(request.headers);
  // OpenAI's client always sends a bearer token; without an API key, none may be sent.
  const bearer = caller.apiKey ? (authorization ?? `Bearer ${caller.apiKey}`) : undefined;
  const credential = authorization?.startsWith('Bearer ') ? bearer : (authorization ?? bearer);
  const headers = credential === undefined ? others : { ...others, authorization: credential };
  const plain = { method, host: url.host, path: url.pathname, headers, body: body.toString() };
  const sent = caller.secret ? await sign(plain, caller.secret) : { ...headers, host: url.host };
  return new Promise((resolve, reject) => {
    const path = `${url.pathname}${url.search}`;
    const outgoing = connect({ host: '127.0.0.1', port, method, path, headers: sent }, (incoming) => {
      const responseHeaders = Object.entries(incoming.headers).map(
        ([name, value]) => [name, String(value)] as [string, string],
      );
      resolve(
        new Response(incoming.statusCode === 204 ? null : (Readable.toWeb(incoming) as ReadableStream), {
          status: incoming.statusCode,
          headers: responseHeaders,
        }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
