import type { Destination } from '../../boundary/destination';
import type { ErrorCode } from './api-error';
import type { ModelRefusal } from './decide';
import type { Attempt } from './failover';
import type { Fault } from './fault';
import type { GatewayPolicy } from './policy';

/**
 * All that is ever logged of a request. Every value is a number, is made by the gateway, or comes from the policy and the
 * facts; there is no field that a prompt, an answer, a header or a provider's error could reach.
 */
export interface RequestLog {
  readonly event: 'request';
  readonly requestId: string;
  /** When the request came, in ISO 8601. */
  readonly time: string;
  readonly durationMs: number;
  readonly tenantKind: GatewayPolicy['tenant']['kind'];
  readonly route: Route;
  readonly status: number;
  readonly outcome: 'answered' | 'refused' | 'failed';
  readonly reason?: ErrorCode | ModelRefusal;
  /** The policy's name of the model. */
  readonly model?: string;
  readonly destination?: string;
  readonly sourceRegion?: string;
  /** Every Region that may have processed the request. */
  readonly mayProcess?: readonly string[];
  /** The destinations that were tried and failed, in order: each was sent the request. */
  readonly failedAttempts?: readonly Attempt[];
  /** Where an unexpected error arose; there is one for `internal_error` only. */
  readonly fault?: Fault;
  readonly tokens?: { readonly prompt: number; readonly completion: number; readonly cached: number };
}

type Route = 'chat.completions' | 'models' | 'other';

/** What a request leaves behind while it is served, for its log line. */
export interface Trail {
  route: Route;
  reason?: ErrorCode | ModelRefusal;
  model?: string;
  destination?: Destination;
  failedAttempts?: readonly Attempt[];
  fault?: Fault;
  tokens?: RequestLog['tokens'];
}

/** The log line of a served request, field by field, so that nothing is carried over by accident. */
export function toRequestLog(
  trail: Trail,
  request: Pick<RequestLog, 'requestId' | 'time' | 'durationMs' | 'tenantKind' | 'status'>,
): RequestLog {
  const { requestId, time, durationMs, tenantKind, status } = request;
  return {
    event: 'request',
    requestId,
    time,
    durationMs,
    tenantKind,
    route: trail.route,
    status,
    outcome: status < 400 ? 'answered' : status < 500 ? 'refused' : 'failed',
    reason: trail.reason,
    model: trail.model,
    destination: trail.destination?.id,
    sourceRegion: trail.destination?.sourceRegion,
    mayProcess: trail.destination?.regions,
    failedAttempts: trail.failedAttempts,
    fault: trail.fault,
    tokens: trail.tokens,
  };
}

/** Writes one line of JSON to standard output, which Lambda sends to the function's log group. */
export function writeRequestLog(entry: RequestLog): void {
  console.log(JSON.stringify(entry));
}
