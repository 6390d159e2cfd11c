import { GATEWAY_DIMENSIONS, GATEWAY_NAMESPACE, STUCK_JOBS } from '../../contract/metrics';

/** The log line of a sweep, from which CloudWatch counts the jobs that were stuck. It names no user. */
export const sweepLine = (
  tenant: string,
  { waiting, stuck }: { readonly waiting: number; readonly stuck: number },
  now: Date,
): object => ({
  _aws: {
    Timestamp: now.getTime(),
    CloudWatchMetrics: [
      {
        Namespace: GATEWAY_NAMESPACE,
        Dimensions: [GATEWAY_DIMENSIONS.tenant],
        Metrics: [{ Name: STUCK_JOBS, Unit: 'Count' }],
      },
    ],
  },
  event: 'jobs-swept',
  tenant,
  waiting,
  [STUCK_JOBS]: stuck,
});
