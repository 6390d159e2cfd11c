import { type Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { type Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { EndSignal } from './deadline';

/** A POST to a host. */
export interface Post {
  /** With a colon, as in a URL. Everything but `https:` is sent unencrypted. */
  readonly protocol: string;
  /** A name, or an address, which may have brackets. */
  readonly hostname: string;
  /** @default - that of the protocol */
  readonly port?: number | string;
  readonly path: string;
  /** All headers, `host` and `content-length` included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly agent: HttpAgent | HttpsAgent;
  readonly signal: EndSignal;
}

/**
 * Sends a request over Node's own HTTP, which ignores proxies in the environment and follows no redirect. An idle connection may have been
 * closed by the other side, unnoticed by a process that was frozen or busy. If a request fails on such a connection before a byte of its
 * answer has arrived, it is sent once more, on a new connection. No other failure is repeated.
 */
export function post(call: Post): Promise<IncomingMessage> {
  const { signal, agent } = call;
  return new Promise((fulfil, reject) => {
    if (signal.aborted) return reject(aborted());
    let isAnswered = false;
    const attempt = (isRepeated: boolean) => {
      let bytesBefore = 0;
      const request = requestOf(call);
      // With an error, an answer that has arrived unread would emit the error on a socket without a listener.
      const stop = () => void (isAnswered ? request.destroy() : request.destroy(aborted()));
      signal.addEventListener('abort', stop, { once: true });
      request
        .once('response', (response) => {
          isAnswered = true;
          fulfil(response);
        })
        .once('socket', (socket) => {
          bytesBefore = socket.bytesRead;
        })
        .once('error', (error: NodeJS.ErrnoException) => {
          const hasBytes = request.socket !== null && request.socket.bytesRead > bytesBefore;
          const isStale = request.reusedSocket && !hasBytes && CLOSED.includes(error.code ?? '');
          if (isRepeated || !isStale || signal.aborted) return reject(error);
          // The others were idle in the same time, and the repetition must not meet one of them.
          for (const idle of Object.values(agent.freeSockets).flat()) idle?.destroy();
          attempt(true);
        })
        .once('close', () => signal.removeEventListener('abort', stop))
        .end(call.body);
    };
    attempt(false);
  });
}

/** The codes of a connection that the other side has closed. */
const CLOSED: readonly string[] = ['ECONNRESET', 'EPIPE'];

/** Headers in a list are written as they are, in a fraction of the time. */
function requestOf({ protocol, hostname, port, path, headers, agent }: Post) {
  const send = protocol === 'https:' ? httpsRequest : httpRequest;
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const list: string[] = [];
  for (const name in headers) list.push(name, headers[name] as string);
  return send({ method: 'POST', host, port: port || undefined, path, headers: list, agent });
}

const aborted = () => Object.assign(new Error('the call was aborted'), { name: 'AbortError', code: 'ABORT_ERR' });
