import type { Gateway } from '../../report/cost/gateways';
import { toOperations } from '../../runtime/http/records/operations';
import type { RequestLog } from '../../runtime/http/records/request-log';
import { toRecord } from '../../runtime/http/records/residency-record';

const MEASURED = { status: 200, begin: 0, latency: 0, firstByte: 0 };

/**
 * The number of metrics that requests to gateways send, each with one tenant, one route and one model. It comes from the very line of metrics
 * that a gateway writes: CloudWatch bills each combination of a name and the values of its dimensions.
 */
export function requestMetrics(gateways: readonly Gateway[]): number {
  const series = gateways.flatMap(({ tenant, models }) => {
    const log: RequestLog = {
      route: 'responses',
      tenant: tenant.replace('workspace/', ''),
      model: Object.keys(models)[0],
      tokens: { prompt: 0, completion: 0, cached: 0 },
      ...(tenant === 'projects' && { checkAgeMs: 0 }),
    };
    const request = { id: '', time: new Date(0), status: MEASURED.status, retention: 'not-stored' } as const;
    const line = toOperations(toRecord(log, request), log, MEASURED);
    const values = line as unknown as Readonly<Record<string, unknown>>;
    return line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Dimensions.flatMap((names) =>
        Metrics.map(({ Name }) => JSON.stringify([Namespace, Name, ...names.map((name) => [name, values[name]])])),
      ),
    );
  });
  return new Set(series).size;
}
