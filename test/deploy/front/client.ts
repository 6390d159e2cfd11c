import { request } from 'node:http';
import { Readable } from 'node:stream';
import OpenAI from 'openai';
import { sign } from './signature';

/** How a client identifies itself: by a signature, or by the API key that it was given. */
export type Caller = 'signed' | 'anonymous' | 'wrong secret' | { readonly key: string };

/**
 * The client of OpenAI at the base URL that the stack puts out. Only the connection is another: to the front instead of to
 * the address that the name would have.
 */
export function openai(baseURL: string, port: number, caller: Caller = 'signed'): OpenAI {
  return new OpenAI({
    baseURL,
    apiKey: typeof caller === 'object' ? caller.key : 'unused',
    maxRetries: 0,
    fetch: (url, init) => send(new URL(String(url)), init ?? {}, port, caller),
  });
}

/** One request, signed as the caller would, over a connection to the front. */
export async function send(url: URL, init: RequestInit, port: number, caller: Caller): Promise<Response> {
  const body = init.body === undefined || init.body === null ? '' : String(init.body);
  const method = init.method ?? 'GET';
  const { authorization = '', ...headers } = Object.fromEntries(new Headers(init.headers));
  const plain = { method, host: url.host, path: url.pathname, headers, body };
  const unsigned = { ...headers, host: url.host };
  const sent =
    typeof caller === 'object'
      ? { ...unsigned, authorization }
      : caller === 'anonymous'
        ? unsigned
        : await sign(plain, caller === 'signed' ? 'test' : 'not the secret');
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path: url.pathname, headers: sent }, (incoming) => {
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
