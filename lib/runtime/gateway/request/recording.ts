import type { Context, MiddlewareHandler } from 'hono';
import { ApiError } from '../../http/api-error';
import { describeFault } from '../../http/fault';
import { retentionOf } from '../policy/kept';
import type { Serving } from '../policy/serving';
import type { GatewayEnv } from './gateway-env';
import { type OperationsRecord, toOperations } from './operations';
import { residencyHeaders } from './residency-headers';
import { type ResidencyRecord, toRecord } from './residency-record';
import type { Trail } from './trail';
import { writeRecords } from './write-records';

/** What of a gateway's options its records are made by. */
export interface RecordingOptions {
  readonly serving: Serving;
  /**
   * Is told of each request once its answer is over, a stream's end included.
   *
   * @default - two lines of JSON on standard output
   */
  readonly record?: (record: ResidencyRecord, operations: OperationsRecord) => void;
  /** @default - the clock */
  readonly now?: () => Date;
  /** @default - a random UUID */
  readonly newId?: () => string;
}

/** Opens a request's trail, and closes it into headers and records. */
export function recording({
  serving,
  record = writeRecords,
  ...options
}: RecordingOptions): MiddlewareHandler<GatewayEnv> {
  const { now = () => new Date(), newId = () => crypto.randomUUID() } = options;
  const tenant = serving.tenant.ids.length === 1 ? `${serving.tenant.ids[0]}` : serving.tenant.kind;
  return async (c, next) => {
    const time = now();
    const id = newId();
    const trail: Trail = { route: 'other', tenant };
    c.set('time', time);
    c.set('requestId', id);
    c.set('trail', trail);
    c.set('serving', serving);
    await next();
    const headers = { ...residencyHeaders(serving, trail), 'x-request-id': id };
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    const { status } = c.res;
    const since = () => now().getTime() - time.getTime();
    const firstByte = since();
    const close = () => {
      const written = toRecord(trail, { id, time, status, retention: retentionOf(serving) });
      record(written, toOperations(written, trail, { status, begin: time.getTime(), latency: since(), firstByte }));
    };
    if (trail.streamed === undefined) close();
    else void trail.streamed.then(close);
  };
}

/** The answer to what a route threw; the trail says why. */
export function answerError(c: Context<GatewayEnv>, error: Error): Response {
  const trail = c.get('trail');
  if (!(error instanceof ApiError)) {
    trail.fault = describeFault(error);
    return answerError(c, internalError());
  }
  trail.reason ??= error.code;
  if (error.cause !== undefined) trail.fault ??= describeFault(error.cause);
  return error.toResponse();
}

/** What went wrong isn't said: the message of an unexpected error may quote the request. */
const internalError = () =>
  new ApiError(500, 'internal_error', 'the gateway failed; tell its operator the x-request-id of this answer');
