import {
  CHECK_AGE,
  EVENT_COUNTS,
  GATEWAY_DIMENSIONS,
  GATEWAY_NAMESPACE,
  REQUEST_COUNTS,
  REQUEST_TIMES,
  TOKEN_COUNTS,
  UNREADABLE,
} from '../../../contract/metrics';

/** Metrics that CloudWatch extracts from a line, with the fields that are their dimensions. */
export interface MetricDirective {
  readonly Namespace: typeof GATEWAY_NAMESPACE;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly Metric[];
}

interface Metric {
  readonly Name: string;
  readonly Unit: 'Count' | 'Milliseconds' | 'Seconds';
}

/** The values of a line: every field that is present can be a metric or a dimension. */
type Values = Readonly<Record<string, unknown>>;

/** The directives by which of these fields are absent or zero: nothing else of a line has a part in them, and few combinations occur. */
const DECIDING = [...REQUEST_COUNTS, ...REQUEST_TIMES, ...EVENT_COUNTS, CHECK_AGE, ...TOKEN_COUNTS, 'model', 'reason'];
const known = new Map<string, readonly MetricDirective[]>();

/** What CloudWatch extracts from a line. It bills each metric for each combination of the values of its dimensions. */
export function metricDirectives(values: Values): readonly MetricDirective[] {
  let key = '';
  for (const name of DECIDING) key += values[name] === undefined ? '-' : values[name] === 0 ? '0' : '1';
  const before = known.get(key);
  if (before !== undefined) return before;
  const directives = directivesOf(values);
  known.set(key, directives);
  return directives;
}

function directivesOf(values: Values): MetricDirective[] {
  const { tenant, tokens, reasons } = GATEWAY_DIMENSIONS;
  const present = (names: readonly string[], Unit: Metric['Unit']): Metric[] =>
    names.filter((name) => values[name] !== undefined).map((Name) => ({ Name, Unit }));
  const occurred = (names: readonly string[]) => present(names, 'Count').filter(({ Name }) => values[Name] !== 0);
  const requests = [...present(REQUEST_COUNTS, 'Count'), ...present(REQUEST_TIMES, 'Milliseconds')];
  const counted = present(TOKEN_COUNTS, 'Count');
  return [
    directive(tenant, [...requests, ...occurred(EVENT_COUNTS), ...present([CHECK_AGE], 'Seconds')]),
    ...(values.model === undefined || counted.length === 0 ? [] : [directive(tokens, counted)]),
    ...(values.reason === undefined ? [] : [directive(reasons, occurred(['refusals', 'failures']))]),
    formerDirective(values, counted),
  ].filter(({ Metrics }) => Metrics.length > 0);
}

const directive = (dimensions: readonly string[], Metrics: readonly Metric[]): MetricDirective => ({
  Namespace: GATEWAY_NAMESPACE,
  Dimensions: [dimensions],
  Metrics,
});

/** The metrics of version 0.1.0, which versions 0.2 and 0.3 still send. */
function formerDirective(values: Values, tokens: readonly Metric[]): MetricDirective {
  const counts = [...REQUEST_COUNTS, 'attemptsFailed'].map((Name): Metric => ({ Name, Unit: 'Count' }));
  const times = REQUEST_TIMES.map((Name): Metric => ({ Name, Unit: 'Milliseconds' }));
  const interventions = values.interventions === undefined ? [] : [{ Name: 'interventions', Unit: 'Count' } as const];
  return {
    Namespace: GATEWAY_NAMESPACE,
    Dimensions: values.model === undefined ? [['route']] : [['route'], ['route', 'model']],
    Metrics: [...counts, ...times, ...tokens, ...interventions],
  };
}

/** The line of a job that met stored content which doesn't decrypt; it counts like a request. */
export const unreadableLine = (tenant: string, now: Date): object => ({
  _aws: {
    Timestamp: now.getTime(),
    CloudWatchMetrics: [directive(GATEWAY_DIMENSIONS.tenant, [{ Name: 'unreadable', Unit: 'Count' }])],
  },
  event: 'unreadable',
  tenant,
  reason: UNREADABLE,
  unreadable: 1,
});
