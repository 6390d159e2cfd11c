import { lookup as systemLookup } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isAddress, isWithin } from '../../../boundary/address';

/** One request to a server. */
export interface Call {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The only addresses that may be connected to; none where the host's certificate says who it is. */
  readonly addresses?: readonly string[];
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends a request once, and follows nothing that the answer names. */
export type Transport = (call: Call) => Promise<Answer>;

/** How a name is resolved; a test may lie. */
export type Lookup = typeof systemLookup;

/**
 * The transport over node's own HTTP, which reads no proxy from the environment, follows no redirect, and checks certificates
 * whatever the environment says. A name is resolved for each connection, and every address of it has to be allowed.
 */
export function nodeTransport(resolve: Lookup = systemLookup): Transport {
  const agents = new Map<string, HttpAgent | HttpsAgent>();
  const agentOf = ({ url, addresses }: Call): HttpAgent | HttpsAgent => {
    const key = [url.protocol, ...(addresses ?? [])].join(' ');
    const options = {
      keepAlive: true,
      maxSockets: 256,
      ...(addresses && { lookup: onlyWithin(addresses, resolve) }),
    };
    const agent =
      agents.get(key) ??
      (url.protocol === 'https:' ? new HttpsAgent({ ...options, rejectUnauthorized: true }) : new HttpAgent(options));
    agents.set(key, agent);
    return agent;
  };
  return (call) =>
    new Promise((fulfil, reject) => {
      const { url, headers, body, addresses, signal } = call;
      // Node resolves no address, so that nothing else would look at one that the URL itself names.
      const host = url.hostname.replace(/^\[|\]$/g, '');
      if (addresses && isAddress(host) && !isWithin(host, addresses)) return reject(notAllowed());
      const options: RequestOptions = {
        method: 'POST',
        agent: agentOf(call),
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        // An answer may take minutes to begin; to connect may not.
        timeout: CONNECT_MS,
      };
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      let answered = false;
      const request = send(url, options, (response: IncomingMessage) => {
        answered = true;
        fulfil({ status: response.statusCode ?? 0, body: response });
      });
      request.once('socket', (socket) => {
        if (socket.connecting) socket.once('connect', () => request.setTimeout(0));
        else request.setTimeout(0);
      });
      request.once('timeout', () => request.destroy(failure('no connection in time', 'ETIMEDOUT')));
      request.once('error', reject);
      // With an error, an answer that has come but isn't read yet would leave it to a socket that nobody listens to any more.
      const stop = () => void (answered ? request.destroy() : request.destroy(aborted()));
      signal.addEventListener('abort', stop, { once: true });
      request.once('close', () => signal.removeEventListener('abort', stop));
      if (signal.aborted) return stop();
      request.end(body);
    });
}

const CONNECT_MS = 3_000;

/** A name that leads to even one address that isn't allowed isn't connected to at all. */
function onlyWithin(addresses: readonly string[], resolve: Lookup): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const [first] = found;
      if (first === undefined || !found.every(({ address }) => isWithin(address, addresses))) {
        return callback(notAllowed(), '');
      }
      return options.all === true ? callback(null, found) : callback(null, first.address, first.family);
    });
  };
}

const notAllowed = () => failure('an address that is not allowed', 'EHOSTUNREACH');
const aborted = () => Object.assign(failure('the call was aborted', 'ABORT_ERR'), { name: 'AbortError' });
const failure = (message: string, code: string) => Object.assign(new Error(message), { code });
