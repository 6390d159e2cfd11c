import { GATEWAY_DIMENSIONS, GATEWAY_NAMESPACE, NOTICES } from '../../../contract/metrics';

/** The log line from which CloudWatch counts a job that can be cancelled. It names no user. */
export const noticeLine = (tenant: string, now: Date): object => ({
  _aws: {
    Timestamp: now.getTime(),
    CloudWatchMetrics: [
      {
        Namespace: GATEWAY_NAMESPACE,
        Dimensions: [GATEWAY_DIMENSIONS.tenant],
        Metrics: [{ Name: NOTICES, Unit: 'Count' }],
      },
    ],
  },
  event: 'rights-notice',
  tenant,
  [NOTICES]: 1,
});
