import { GATEWAY_NAMESPACE } from '../../../contract/metrics';
import type { Fault } from '../fault';
import type { FailedAttempt } from './failed-attempt';
import type { Route } from './record-names';
import type { Outcome, RequestLog } from './request-log';
import type { ResidencyRecord } from './residency-record';

/**
 * The metrics of a request for its operator. CloudWatch extracts them from the line by `_aws`, the embedded metric format. As in
 * the residency record, no field could hold content. The dimensions are the route and the policy's name of the model.
 */
export interface OperationsRecord {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly [
      {
        readonly Namespace: typeof GATEWAY_NAMESPACE;
        readonly Dimensions: readonly (readonly string[])[];
        readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
      },
    ];
  };
  readonly event: 'operations';
  readonly id: string;
  readonly route: Route;
  readonly model?: string;
  readonly status: number;
  readonly outcome: Outcome;
  /** The destinations that failed, in the order of the attempts. */
  readonly failedAttempts?: readonly Pick<FailedAttempt, 'destination' | 'sourceRegion' | 'failure'>[];
  /** The class of an unexpected error, and where it arose. */
  readonly fault?: Fault;
  readonly requests: 1;
  readonly refusals: number;
  readonly failures: number;
  readonly attemptsFailed: number;
  /** Present only if a guardrail intervened, so that tenants without one have no such metric. */
  readonly interventions?: 1;
  readonly latency: number;
  readonly firstByte: number;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  /** Those of the prompt that were read from the provider's cache; absent if none were, like those written to it. */
  readonly cachedTokens?: number;
  readonly cacheWriteTokens?: number;
}

const COUNTS = ['requests', 'refusals', 'failures', 'attemptsFailed'].map((Name) => ({ Name, Unit: 'Count' }));
const TIMES = ['latency', 'firstByte'].map((Name) => ({ Name, Unit: 'Milliseconds' }));
const TOKENS = ['promptTokens', 'completionTokens'];

/** The line of metrics for a record. */
export function toOperations(
  record: ResidencyRecord,
  { route, failedAttempts, fault }: RequestLog,
  measured: {
    readonly status: number;
    readonly begin: number;
    readonly latency: number;
    /** Until the status was sent; for a stream, that is long before the end. */
    readonly firstByte: number;
  },
): OperationsRecord {
  const { id, model, outcome, tokens, intervened } = record;
  const caches = {
    ...(tokens?.cached && { cachedTokens: tokens.cached }),
    ...(tokens?.cacheWrite && { cacheWriteTokens: tokens.cacheWrite }),
  };
  const counted = [
    ...(tokens === undefined ? [] : [...TOKENS, ...Object.keys(caches)]),
    ...(intervened ? ['interventions'] : []),
  ];
  return {
    _aws: {
      Timestamp: measured.begin,
      CloudWatchMetrics: [
        {
          Namespace: GATEWAY_NAMESPACE,
          Dimensions: model === undefined ? [['route']] : [['route'], ['route', 'model']],
          Metrics: [...COUNTS, ...TIMES, ...counted.map((Name) => ({ Name, Unit: 'Count' }))],
        },
      ],
    },
    event: 'operations',
    id,
    route,
    model,
    status: measured.status,
    outcome,
    failedAttempts: failedAttempts?.map(({ destination, sourceRegion, failure }) => ({
      destination,
      sourceRegion,
      failure,
    })),
    fault,
    requests: 1,
    refusals: outcome === 'refused' ? 1 : 0,
    failures: outcome === 'failed' ? 1 : 0,
    attemptsFailed: failedAttempts?.length ?? 0,
    interventions: intervened && 1,
    latency: measured.latency,
    firstByte: measured.firstByte,
    promptTokens: tokens?.prompt,
    completionTokens: tokens?.completion,
    ...caches,
  };
}
