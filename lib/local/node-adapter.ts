import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { ApiError } from './api-error';

/** What answers web-standard requests. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/** What answers the requests below a path, which is taken off before: `/projects`, or the empty path for all. */
export type Mounts = ReadonlyMap<string, Fetch>;

/** The names by which this machine may be called; a rebound name of somebody's page leads here under its own. */
const HOST_NAMES = ['127.0.0.1', 'localhost'];

/**
 * Serves node's requests by web-standard ones. The request's signal fires when the client leaves before its answer is
 * whole; a body is read, and an answer written, only as fast as the other side takes it.
 */
export function nodeAdapter(mounts: Mounts): RequestListener {
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) gone.abort();
    });
    void answer(mounts, incoming, gone.signal)
      .then((response) => send(response, incoming, outgoing))
      // Nobody is left to tell: the connection broke, or the answer did once its status was sent.
      .catch(() => outgoing.destroy());
  };
}

async function answer(mounts: Mounts, incoming: IncomingMessage, signal: AbortSignal): Promise<Response> {
  const { url = '', socket } = incoming;
  try {
    if (!isOwnHost(incoming)) throw hostRefused(socket.localPort);
    const [prefix, fetch] = [...mounts].find(([mount]) => url.startsWith(`${mount}/`)) ?? [];
    if (prefix === undefined || fetch === undefined) throw notMounted(url, mounts);
    return await fetch(toRequest(incoming, await smallBody(incoming), url.slice(prefix.length), signal));
  } catch (error) {
    if (error instanceof ApiError) return error.toUnservedResponse();
    return new ApiError(500, 'internal_error', 'the gateway failed').toUnservedResponse();
  }
}

const hostRefused = (port: number | undefined) =>
  new ApiError(
    421,
    'host_refused',
    `'host' must be one of ${HOST_NAMES.map((name) => `${name}:${port}`).join(', ')}, so that no page of another site ` +
      'can call this machine under its own name',
  );

const notMounted = (url: string, mounts: Mounts) =>
  url.startsWith('/')
    ? new ApiError(
        404,
        'unknown_url',
        `there is nothing at this path; base URLs end in ${[...mounts.keys()].map((mount) => `${mount}/v1`).join(', ')}`,
      )
    : malformed();

const malformed = () =>
  new ApiError(400, 'invalid_value', 'the method, path or a header has an invalid form');

/** The URL is made of the address that was connected to; what a client calls the host decides nothing. */
function toRequest(incoming: IncomingMessage, body: Buffer | undefined, path: string, signal: AbortSignal): Request {
  const { method = 'GET', rawHeaders, socket } = incoming;
  try {
    const headers = new Headers();
    for (let index = 0; index < rawHeaders.length; index += 2) {
      headers.append(rawHeaders[index] as string, rawHeaders[index + 1] as string);
    }
    const bodiless = method === 'GET' || method === 'HEAD';
    return new Request(`http://${HOST_NAMES[0]}:${socket.localPort}${path}`, {
      method,
      headers,
      body: bodiless ? undefined : (body ?? bodyOf(incoming)),
      duplex: 'half',
      signal,
    } as RequestInit);
  } catch {
    throw malformed();
  }
}

/** A body that is read piece by piece as it is taken. One that nobody takes stays untouched, so that node itself reads it off. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await pieces.return?.();
        incoming.resume();
      },
    },
    { highWaterMark: 0 },
  );
}

/** A body that fits into one packet or few is read at once, which is much cheaper than a stream. */
async function smallBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const length = Number(incoming.headers['content-length']);
  if (!(length > 0 && length <= SMALL_BYTES)) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const SMALL_BYTES = 65_536;

/** Whether the rest of a body is little enough to be read for nothing; one sent in chunks has no end that is known. */
const isDrained = ({ headers }: IncomingMessage): boolean => Number(headers['content-length']) <= DRAINED_BYTES;

const DRAINED_BYTES = 32 * 2 ** 20;

function isOwnHost({ headers: { host = '' }, socket }: IncomingMessage): boolean {
  return HOST_NAMES.some((name) => host.toLowerCase() === `${name}:${socket.localPort}`);
}

async function send(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const headers = Object.fromEntries(response.headers);
  // What was refused unread is read to its end all the same, or its sender would see a broken connection in place of the
  // refusal; only what would take long isn't.
  if (!incoming.complete && !response.ok && !isDrained(incoming)) headers.connection = 'close';
  const { body, status } = response;
  if (body === null || incoming.method === 'HEAD') {
    outgoing.writeHead(status, headers).end();
    await body?.cancel();
  } else if (headers['content-type']?.startsWith('text/event-stream')) {
    // The headers leave with the first line, which is there as soon as there is an answer.
    outgoing.writeHead(status, headers);
    await pipeline(body, outgoing);
  } else {
    // The gateway makes every other answer as a whole, and one write is much cheaper than a stream.
    const content = Buffer.from(await response.arrayBuffer());
    outgoing.writeHead(status, { ...headers, 'content-length': content.length }).end(content);
  }
}
