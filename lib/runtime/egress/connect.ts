import { lookup } from 'node:dns/promises';
import { connect as connectTcp, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect as connectTls,
  createSecureContext,
  rootCertificates,
  type TLSSocket,
} from 'node:tls';
import { isPublicAddress } from '../../boundary/public-address';
import type { EndSignal } from '../http/deadline';

/**
 * The TLS of every connection. By default, Node 24 offers a key share that takes a second segment, and the firewall ends connections whose
 * first segment doesn't hold the server's whole name.
 */
export const TLS = { ecdhCurve: 'X25519:P-256', minVersion: 'TLSv1.2' } as const;

/** What a connection is made with. Tests replace the network and the authorities. */
export interface Network {
  /** The addresses of a name, by the resolver of the VPC. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Opens a connection to an address. */
  readonly dial: (address: string, port: number) => Socket;
  /** The certificates of the authorities that are trusted. */
  readonly authorities: readonly string[];
}

/** The network of the VPC, which has IPv4 only, and the authorities that Node.js contains, whatever the environment names. */
export const vpcNetwork = (): Network => ({
  // With a dot at its end, no domain of the machine is tried after it.
  resolve: async (host) => (await lookup(`${host}.`, { all: true, family: 4 })).map(({ address }) => address),
  dial: (host, port) => connectTcp({ host, port }),
  authorities: rootCertificates,
});

/** A verified connection. */
export interface Connection {
  readonly socket: TLSSocket;
  readonly address: string;
}

/** Opens a verified connection to a host. */
export type Connect = (host: string, signal: EndSignal) => Promise<Connection>;

const PORT = 443;
const CONNECT_MS = 3_000;
/** A name has several addresses so that one of them may be down. */
const MOST_ADDRESSES = 2;

/**
 * Connects to a host by its whole name. The three checks belong together: the name is sent as it is, the address is one that the resolver has
 * just returned for it, and the certificate is valid for it. Each request has a connection of its own: one that is used again, or a session
 * that is resumed, would skip them.
 */
export function connector({ resolve, dial, authorities }: Network = vpcNetwork()): Connect {
  // It takes time to make, and a function that refuses a request needs none.
  let context: ReturnType<typeof createSecureContext> | undefined;
  const secured = (socket: Socket, host: string): TLSSocket => {
    context ??= createSecureContext({ ...TLS, ca: [...authorities] });
    return connectTls({
      socket,
      servername: host,
      secureContext: context,
      ...TLS,
      rejectUnauthorized: true,
      checkServerIdentity,
      ALPNProtocols: ['http/1.1'],
    });
  };
  return async (host, signal) => {
    const addresses = await inTime(resolve(host), signal);
    if (addresses.length === 0 || !addresses.every(isPublicAddress))
      throw failure('EHOSTUNREACH', 'not a public address');
    let last: unknown;
    for (const address of addresses.slice(0, MOST_ADDRESSES)) {
      try {
        const tcp = await opened(dial(address, PORT), 'connect', signal);
        return { socket: await opened(secured(tcp, host), 'secureConnect', signal), address };
      } catch (error) {
        last = error;
        // Only a host that can't be reached at an address may be reachable at another.
        if (!UNREACHED.includes((error as NodeJS.ErrnoException).code ?? '') || signal.aborted) break;
      }
    }
    throw last;
  };
}

const UNREACHED: readonly string[] = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'];

const failure = (code: string, message: string) => Object.assign(new Error(message), { code });

/** A socket once an event says that it is connected. Until then, time and the signal end it. */
function opened<S extends Socket>(socket: S, event: 'connect' | 'secureConnect', signal: EndSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const end = (code: string) => void socket.destroy(failure(code, 'no connection'));
    const abort = () => end('ABORT_ERR');
    const timer = setTimeout(() => end('ETIMEDOUT'), CONNECT_MS);
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.off('error', failed).off('close', closed);
    };
    const failed = (error: Error) => {
      over();
      // A later error has no other listener, and would end the process.
      socket.on('error', () => undefined);
      reject(error);
    };
    const closed = () => failed(failure('ECONNRESET', 'closed before it was connected'));
    socket.on('error', failed).on('close', closed);
    socket.once(event, () => {
      over();
      resolve(socket);
    });
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}

/** A look-up can't be ended, but needn't be waited for. */
async function inTime<T>(promise: Promise<T>, signal: EndSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let abort: () => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failure('ETIMEDOUT', 'no address in time')), CONNECT_MS);
    abort = () => reject(failure('ABORT_ERR', 'the call was aborted'));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}
