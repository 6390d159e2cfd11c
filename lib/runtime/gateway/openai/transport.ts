import { lookup as systemLookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isAddress, isWithin } from '../../../boundary/address';
import type { EgressRequest } from '../../../contract/egress';
import { connectWithin } from '../../http/connect-within';
import type { EndSignal } from '../../http/deadline';
import { post } from '../../http/post';

/** One request to a server. */
export interface Call {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The only permitted addresses; undefined if the host's certificate proves its identity. */
  readonly addresses?: readonly string[];
  readonly signal: EndSignal;
}

export interface Answer {
  readonly status: number;
  /** The server's header `x-request-id`. */
  readonly requestId?: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends a request, and never follows a redirect. */
export type Transport = (call: Call) => Promise<Answer>;

/** Has the egress function send a request. */
export type Egress = (request: EgressRequest, signal: EndSignal) => Promise<Answer>;

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
  return async (call) => {
    const { url, headers, body, addresses, signal } = call;
    const { protocol, hostname, host, port, pathname, search } = url;
    // Node doesn't resolve an address in the URL itself, so it is checked here.
    const address = hostname.replace(/^\[|\]$/g, '');
    if (addresses && isAddress(address) && !isWithin(address, addresses)) throw notAllowed();
    const response = await post({
      protocol,
      hostname,
      port,
      path: `${pathname}${search}`,
      headers: { host, ...headers, 'content-length': `${Buffer.byteLength(body)}` },
      body,
      agent: agentOf(call),
      signal,
    });
    const id = response.headers['x-request-id'];
    return { status: response.statusCode ?? 0, body: response, ...(typeof id === 'string' && { requestId: id }) };
  };
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
const failure = (message: string, code: string) => Object.assign(new Error(message), { code });
