import { describeFault } from '../../http/fault';
import type { RequestLog } from '../../http/records/request-log';
import { ApiError } from './api-error';
import { finalError } from './final-error';
import { classify } from './upstream-failure';

/** The error with which a stream ends after a failure, which the request log receives. */
export function streamError(error: unknown, log: RequestLog): ApiError {
  const failure = classify(error);
  const known = error instanceof ApiError ? error : finalError(failure);
  log.outcome = failure === 'abandoned' ? 'aborted' : 'failed';
  log.reason = known.code;
  if (failure === 'broken' && error !== known) log.fault = describeFault(error);
  return known;
}
