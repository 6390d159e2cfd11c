import { GATEWAY_NAMESPACE } from '../../../contract/metrics';
import type { Fault } from '../../http/fault';
import type { Attempt } from './attempt';
import type { ResidencyRecord } from './residency-record';
import type { Outcome, Route, Trail } from './trail';

/**
 * What the operator of a gateway is told of a request: CloudWatch reads the metrics out of the line by its `_aws`, the
 * embedded metric format. As with the residency record, no field could hold content; the dimensions are the route and the
 * policy's name of the model.
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
  /** The destinations that were tried and failed, in order. */
  readonly failedAttempts?: readonly Pick<Attempt, 'destination' | 'sourceRegion' | 'failure'>[];
  /** Where an unexpected error arose. */
  readonly fault?: Fault;
  readonly requests: 1;
  readonly refusals: number;
  readonly failures: number;
  readonly attemptsFailed: number;
  readonly latency: number;
  readonly firstByte: number;
  readonly promptTokens?: number;
  readonly completionTokens?: number;
}

const COUNTS = ['requests', 'refusals', 'failures', 'attemptsFailed'].map((Name) => ({ Name, Unit: 'Count' }));
const TIMES = ['latency', 'firstByte'].map((Name) => ({ Name, Unit: 'Milliseconds' }));
const TOKENS = ['promptTokens', 'completionTokens'].map((Name) => ({ Name, Unit: 'Count' }));

/** The line of metrics that belongs to a record. */
export function toOperations(
  record: ResidencyRecord,
  { route, failedAttempts, fault }: Trail,
  measured: {
    readonly status: number;
    readonly begin: number;
    readonly latency: number;
    /** Until the status was sent, which for a stream is long before the end. */
    readonly firstByte: number;
  },
): OperationsRecord {
  const { id, model, outcome, tokens } = record;
  return {
    _aws: {
      Timestamp: measured.begin,
      CloudWatchMetrics: [
        {
          Namespace: GATEWAY_NAMESPACE,
          Dimensions: model === undefined ? [['route']] : [['route'], ['route', 'model']],
          Metrics: [...COUNTS, ...TIMES, ...(tokens === undefined ? [] : TOKENS)],
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
    latency: measured.latency,
    firstByte: measured.firstByte,
    promptTokens: tokens?.prompt,
    completionTokens: tokens?.completion,
  };
}
