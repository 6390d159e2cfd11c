import { lookup as systemLookup } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isAddress, isWithin } from '../../../boundary/address';
import { connectWithin } from '../../http/connect-within';

/** One request to a server. */
export interface Call {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The only permitted addresses; undefined if the host's certificate proves its identity. */
  readonly addresses?: readonly string[];
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends a request once, and never follows a redirect. */
export type Transport = (call: Call) => Promise<Answer>;

/** The resolver of host names; a test may return false addresses. */
export type Lookup = typeof systemLookup;

/**
 * The transport over Node's own HTTP, which ignores proxies in the environment, follows no redirects, and checks certificates
 * regardless of the environment. A name is resolved for each connection, and each of its addresses must be allowed.
 */
export function nodeTransport(resolve: Lookup = systemLookup): Transport {
  const agents = new Map<string, HttpAgent | HttpsAgent>();
  const agentOf = ({ url, addresses }: Call): HttpAgent | HttpsAgent => {
    const key = [url.protocol, ...(addresses ?? [])].join(' ');
    const options = {
      keepAlive: true,
      // A call that waited for a free socket would spend the time that the server has to start its answer.
      maxSockets: Number.POSITIVE_INFINITY,
      ...(addresses && { lookup: onlyWithin(addresses, resolve) }),
    };
    const known = agents.get(key);
    if (known !== undefined) return known;
    const agent =
      url.protocol === 'https:' ? new HttpsAgent({ ...options, rejectUnauthorized: true }) : new HttpAgent(options);
    agents.set(key, connectWithin(agent, CONNECT_MS));
    return agent;
  };
  return (call) =>
    new Promise((fulfil, reject) => {
      const { url, headers, body, addresses, signal } = call;
      // Node doesn't resolve an address in the URL itself, so it is checked here.
      const host = url.hostname.replace(/^\[|\]$/g, '');
      if (addresses && isAddress(host) && !isWithin(host, addresses)) return reject(notAllowed());
      const options: RequestOptions = {
        method: 'POST',
        agent: agentOf(call),
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      };
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      let answered = false;
      const request = send(url, options, (response: IncomingMessage) => {
        answered = true;
        fulfil({ status: response.statusCode ?? 0, body: response });
      });
      request.once('error', reject);
      // With an error, an answer that has arrived unread would emit the error on a socket without a listener.
      const stop = () => void (answered ? request.destroy() : request.destroy(aborted()));
      signal.addEventListener('abort', stop, { once: true });
      request.once('close', () => signal.removeEventListener('abort', stop));
      if (signal.aborted) return stop();
      request.end(body);
    });
}

const CONNECT_MS = 3_000;

/** Refuses a name if even one of its addresses isn't allowed. */
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
