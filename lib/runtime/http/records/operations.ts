import { STORE_FAILURES, UNREADABLE } from '../../../contract/metrics';
import type { Fault } from '../fault';
import type { FailedAttempt } from './failed-attempt';
import { type MetricDirective, metricDirectives } from './metric-directives';
import type { Route } from './record-names';
import type { Outcome, RequestLog } from './request-log';
import type { ResidencyRecord } from './residency-record';

/**
 * The metrics of a request for its operator. CloudWatch extracts them from the line by `_aws`, the embedded metric format. As in
 * the residency record, no field could hold content. The dimensions are the tenant, the policy's name of the model, the reason of a
 * refusal, and the route.
 */
export interface OperationsRecord {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly MetricDirective[];
  };
  readonly event: 'operations';
  readonly id: string;
  readonly tenant: string;
  readonly route: Route;
  readonly model?: string;
  readonly reason?: ResidencyRecord['reason'];
  readonly status: number;
  readonly outcome: Outcome;
  /** The destinations that failed, in the order of the attempts. */
  readonly failedAttempts?: readonly Pick<FailedAttempt, 'destination' | 'sourceRegion' | 'failure' | 'api'>[];
  /** The class of an unexpected error, and where it arose. */
  readonly fault?: Fault;
  readonly requests: 1;
  readonly refusals: number;
  readonly failures: number;
  readonly attemptsFailed: number;
  /** Present only if a guardrail intervened, so that tenants without one have no such metric. */
  readonly interventions?: 1;
  /** Present only if a table, a bucket or a key didn't answer. */
  readonly storeErrors?: 1;
  /** Present only if stored content didn't decrypt. */
  readonly unreadable?: 1;
  /** Present only if a budget of the tenant is used up to 80 % or more. */
  readonly budgetWarnings?: 1;
  /** The age of the oldest check result that the request is served by, in seconds. Only for projects. */
  readonly checkAge?: number;
  readonly latency: number;
  readonly firstByte: number;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** Those of the prompt that were read from the provider's cache; absent if none were, like those written to it. */
  readonly cachedTokens?: number;
  readonly cacheWriteTokens?: number;
}

/** The line of metrics for a record. */
export function toOperations(
  record: ResidencyRecord,
  { route, failedAttempts, fault, checkAgeMs, metricTenant, budgetWarning }: RequestLog,
  measured: {
    readonly status: number;
    readonly begin: number;
    readonly latency: number;
    /** Until the status was sent; for a stream, that is long before the end. */
    readonly firstByte: number;
  },
): OperationsRecord {
  const { id, tenant, model, outcome, reason, tokens, intervened } = record;
  // The codes of other APIs aren't known to this module.
  const why: string = reason ?? '';
  const fields = {
    event: 'operations',
    id,
    tenant: metricTenant ?? tenant,
    route,
    model,
    reason,
    status: measured.status,
    outcome,
    failedAttempts: failedAttempts?.map(({ destination, sourceRegion, failure, api }) => ({
      destination,
      sourceRegion,
      failure,
      ...(api && { api }),
    })),
    fault,
    requests: 1,
    refusals: outcome === 'refused' ? 1 : 0,
    failures: outcome === 'failed' ? 1 : 0,
    attemptsFailed: failedAttempts?.length ?? 0,
    interventions: intervened && 1,
    storeErrors: STORE_FAILURES.includes(why) ? 1 : undefined,
    unreadable: why === UNREADABLE ? 1 : undefined,
    budgetWarnings: budgetWarning && 1,
    checkAge: checkAgeMs === undefined ? undefined : Math.round(checkAgeMs / 1_000),
    latency: measured.latency,
    firstByte: measured.firstByte,
    promptTokens: tokens?.prompt,
    completionTokens: tokens?.completion,
    ...(tokens?.cached && { cachedTokens: tokens.cached }),
    ...(tokens?.cacheWrite && { cacheWriteTokens: tokens.cacheWrite }),
  } as const;
  return { _aws: { Timestamp: measured.begin, CloudWatchMetrics: metricDirectives(fields) }, ...fields };
}
