import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { JsonAnswer } from '../runtime/http/json-answer';
import { plainHeadersOf } from '../runtime/http/own-answer';
import { OwnRequest } from '../runtime/http/own-request';
import { StreamAnswer } from '../runtime/http/stream/stream-answer';
import { ApiError } from './api-error';

/** Answers web-standard requests. */
export type Fetch = (request: Request) => Response | Promise<Response>;

/** The handler of each path prefix: `/projects`, or an empty prefix for all paths. The prefix is removed from the request. */
export type Mounts = ReadonlyMap<string, Fetch>;

/** The permitted host names. A DNS rebinding attack arrives with the name of the attacker's page. */
const HOST_NAMES = ['127.0.0.1', 'localhost'];

/**
 * Serves Node.js requests through web-standard ones. The request's signal fires if the client disconnects before its answer is
 * complete. A body is read, and an answer written, only as fast as the other side consumes it.
 */
export function nodeAdapter(mounts: Mounts): RequestListener {
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) gone.abort();
    });
    void answer(mounts, incoming, gone.signal)
      .then((response) => send(response, incoming, outgoing))
      // No error can be sent: the connection broke, or the answer failed after its status was sent.
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
      'can call this machine under the name of that site',
  );

const notMounted = (url: string, mounts: Mounts) =>
  url.startsWith('/')
    ? new ApiError(
        404,
        'unknown_url',
        `there is nothing at this path; base URLs end in ${[...mounts.keys()].map((mount) => `${mount}/v1`).join(', ')}`,
      )
    : malformed();

const malformed = () => new ApiError(400, 'invalid_value', 'the method, path or a header has an invalid form');

/** The URL is built from the local address of the connection. The client's name for the host is ignored. */
function toRequest(incoming: IncomingMessage, body: Buffer | undefined, path: string, signal: AbortSignal): Request {
  const { method = 'GET', rawHeaders, socket } = incoming;
  try {
    const headers = new Headers();
    for (let index = 0; index < rawHeaders.length; index += 2) {
      headers.append(rawHeaders[index] as string, rawHeaders[index + 1] as string);
    }
    const bodiless = method === 'GET' || method === 'HEAD';
    return new OwnRequest({
      method,
      url: `http://${HOST_NAMES[0]}:${socket.localPort}${path}`,
      headers,
      content: bodiless ? undefined : (body ?? (() => bodyOf(incoming))),
      signal,
    });
  } catch {
    throw malformed();
  }
}

/** A body that is read in chunks as it is consumed. An unconsumed body stays untouched, so that Node.js discards it. */
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

/** A body of one or a few packets is read at once, which is much cheaper than a stream. */
async function smallBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const length = Number(incoming.headers['content-length']);
  if (!(length > 0 && length <= SMALL_BYTES)) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const SMALL_BYTES = 65_536;

/** Whether the rest of a body is small enough to read and discard. A chunked body has no known length. */
const isDrained = ({ headers }: IncomingMessage): boolean => Number(headers['content-length']) <= DRAINED_BYTES;

const DRAINED_BYTES = 32 * 2 ** 20;

function isOwnHost({ headers: { host = '' }, socket }: IncomingMessage): boolean {
  return HOST_NAMES.some((name) => host.toLowerCase() === `${name}:${socket.localPort}`);
}

async function send(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const headers = plainHeadersOf(response);
  // A body that was refused unread is still read to its end, unless that would take long. Otherwise, its sender would see a broken
  // connection instead of the refusal.
  if (!incoming.complete && !response.ok && !isDrained(incoming)) headers.connection = 'close';
  const { status } = response;
  // The headers are sent with the first event, as soon as the answer starts.
  if (response instanceof StreamAnswer) return response.writeTo(outgoing.writeHead(status, headers));
  if (response instanceof JsonAnswer && incoming.method !== 'HEAD') {
    return sendWhole(outgoing, status, headers, response.content);
  }
  const { body } = response;
  if (body === null || incoming.method === 'HEAD') {
    outgoing.writeHead(status, headers).end();
    await body?.cancel();
  } else if (isStreamed(headers['content-type'])) {
    outgoing.writeHead(status, headers);
    await pipeline(body, outgoing);
  } else {
    // Every other answer is a whole, and one write is much cheaper than a stream.
    sendWhole(outgoing, status, headers, Buffer.from(await response.arrayBuffer()));
  }
}

/** Events are sent as they come. An archive of an export has no size that memory could hold. */
const isStreamed = (type = ''): boolean => /^(text\/event-stream|application\/x-tar)\b/.test(type);

function sendWhole(
  outgoing: ServerResponse,
  status: number,
  headers: Record<string, string>,
  content: string | Buffer,
): void {
  headers['content-length'] = `${Buffer.byteLength(content)}`;
  outgoing.writeHead(status, headers).end(content);
}
