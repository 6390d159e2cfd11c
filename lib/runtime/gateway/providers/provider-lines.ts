import { GATEWAY_NAMESPACE, PROVIDERS_OUT } from '../../../contract/metrics';
import type { ProviderWatchOptions } from './provider-watch';

/**
 * Writes what a watch reports: a line for each event, and the metric of the alarm. The metric is written with the first count of a process, and
 * then only while something is out of use, or if the count has changed.
 *
 * @param table the name of the table, which is the metric's dimension
 * @param write receives each line
 */
export function providerLines(
  table: string,
  write: (line: string) => void,
  now: () => Date = () => new Date(),
): Required<Pick<ProviderWatchOptions, 'log' | 'counted'>> {
  let last: number | undefined;
  const metric = [{ Namespace: GATEWAY_NAMESPACE, Dimensions: [['table']], Metrics: [{ Name: PROVIDERS_OUT }] }];
  return {
    log: (event) => write(`${JSON.stringify(event)}\n`),
    counted: (out) => {
      if (out === 0 && last === 0) return;
      last = out;
      const _aws = { Timestamp: now().getTime(), CloudWatchMetrics: metric };
      write(`${JSON.stringify({ _aws, event: 'providers', table, [PROVIDERS_OUT]: out })}\n`);
    },
  };
}
