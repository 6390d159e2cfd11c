import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { EndSignal } from '../http/deadline';
import type { Connection } from './connect';

/** One request to a provider, over a connection that was verified for it. */
export interface ProviderCall {
  readonly connection: Connection;
  readonly host: string;
  readonly path: string;
  /** The header with the key, without a line break. */
  readonly keyHeader: readonly [name: string, value: string];
  readonly body: string;
  readonly signal: EndSignal;
}

/** Sends a request once, and never follows a redirect. No proxy is used: the connection exists already. */
export function callProvider({
  connection,
  host,
  path,
  keyHeader,
  body,
  signal,
}: ProviderCall): Promise<IncomingMessage> {
  const { socket } = connection;
  return new Promise((resolve, reject) => {
    const headers = [
      ...['host', host],
      ...['content-type', 'application/json'],
      ...['accept', 'application/json, text/event-stream'],
      ...['content-length', `${Buffer.byteLength(body)}`],
      ...['connection', 'close'],
      ...keyHeader,
    ];
    const request = httpRequest({ method: 'POST', path, headers, createConnection: () => socket });
    const abort = () => void request.destroy();
    signal.addEventListener('abort', abort, { once: true });
    request
      .once('response', resolve)
      .once('close', () => {
        signal.removeEventListener('abort', abort);
        socket.destroy();
      })
      // With a code only: Node's message of an error can quote what was sent.
      .on('error', ({ code = 'ECONNRESET' }: NodeJS.ErrnoException) => {
        reject(Object.assign(new Error('the provider gave no answer'), { code }));
      })
      .end(body);
    if (signal.aborted) abort();
  });
}
