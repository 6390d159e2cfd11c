import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../api-error';
import { describeFault } from '../fault';
import type { ApiPolicy } from '../records/api-policy';
import { generatedHeaders } from '../records/generated';
import type { LinkedRequest } from '../records/linked-request';
import { type OperationsRecord, toOperations } from '../records/operations';
import type { RequestLog } from '../records/request-log';
import { residencyHeaders } from '../records/residency-headers';
import { type ResidencyRecord, toRecord } from '../records/residency-record';
import { retentionOf } from '../records/retention';
import { writeRecords } from '../records/write-records';
import { addHeaders } from './add-headers';
import type { RequestEnv } from './request-env';

/** The options of an API from which its records are made. */
export interface RecordingOptions {
  readonly policy: ApiPolicy;
  /**
   * Receives the records of each request once its answer is over, including the end of a stream.
   *
   * @default - two lines of JSON on standard output
   */
  readonly record?: (record: ResidencyRecord, operations: OperationsRecord) => void;
  /**
   * Receives which member made a request, once it is clear whether it is refused. The record then names no member.
   *
   * @default - records name the member
   */
  readonly link?: (request: LinkedRequest) => void | Promise<void>;
  /** @default - the clock */
  readonly now?: () => Date;
  /** @default - a random UUID */
  readonly newId?: () => string;
}

/** Starts a request's log, and turns it into headers and records at the end. */
export function recording({
  policy,
  record = writeRecords,
  link,
  ...options
}: RecordingOptions): MiddlewareHandler<RequestEnv> {
  const { now = () => new Date(), newId = () => crypto.randomUUID() } = options;
  const tenant = policy.tenant.ids.length === 1 ? `${policy.tenant.ids[0]}` : policy.tenant.kind;
  return async (c, next) => {
    const time = now();
    const id = newId();
    const log: RequestLog = { route: 'other', tenant };
    c.set('time', time);
    c.set('requestId', id);
    c.set('log', log);
    await next();
    const { status } = c.res;
    addHeaders(c, { ...residencyHeaders(policy, log), ...generatedHeaders(log, status), 'x-request-id': id });
    const { member, reason, isAdmitted } = log;
    if (link && member !== undefined) await link({ id, time, member, reason, isAdmitted });
    const since = () => now().getTime() - time.getTime();
    const firstByte = since();
    const close = () => {
      const written = toRecord(link ? { ...log, member: undefined } : log, {
        id,
        time,
        status,
        retention: retentionOf(policy),
      });
      record(written, toOperations(written, log, { status, begin: time.getTime(), latency: since(), firstByte }));
    };
    if (log.streamed === undefined) close();
    else void log.streamed.then(close);
  };
}

/**
 * The answer to an error that a route threw. The request log receives the reason.
 *
 * @param toResponse the form of the answer
 */
export function answerError(
  c: { readonly var: Pick<RequestEnv['Variables'], 'log'> },
  error: Error,
  toResponse: (error: ApiError) => Response = (known) => known.toResponse(),
): Response {
  const { log } = c.var;
  if (!(error instanceof ApiError)) {
    log.fault = describeFault(error);
    return answerError(c, internalError(), toResponse);
  }
  log.reason ??= error.code;
  // A server's fault, although its status may be a 429.
  if (error.type === 'server_error') log.outcome ??= 'failed';
  if (error.cause !== undefined) log.fault ??= describeFault(error.cause);
  return toResponse(error);
}

/** The answer doesn't say what went wrong, because the message of an unexpected error may quote the request. */
const internalError = () =>
  new ApiError(500, 'internal_error', 'the gateway failed; report the x-request-id of this answer to its operator');
