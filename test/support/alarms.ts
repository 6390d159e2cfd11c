import type { Template } from 'aws-cdk-lib/assertions';

/** An alarm of a template, with the properties that decide its state. */
export interface Alarm {
  readonly id: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly TreatMissingData: string;
  readonly AlarmDescription: string;
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
}

/** A log line from which CloudWatch extracts metrics. */
export interface MetricLine {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [field: string]: unknown;
}

/** Every alarm of a template. */
export const alarmsOf = (template: Template): Alarm[] =>
  Object.entries(template.findResources('AWS::CloudWatch::Alarm')).map(([id, { Properties }]) => ({
    id,
    ...Properties,
  }));

/** The value that CloudWatch extracts from a line for an alarm's metric, if the line contains it with the alarm's dimensions. */
export function valueIn({ Namespace, MetricName, Dimensions = [] }: Alarm, line: MetricLine): number | undefined {
  const names = Dimensions.map(({ Name }) => Name);
  const hasMetric = line._aws.CloudWatchMetrics.some(
    (metrics) =>
      metrics.Namespace === Namespace &&
      metrics.Metrics.some(({ Name }) => Name === MetricName) &&
      metrics.Dimensions.some((set) => set.length === names.length && set.every((name) => names.includes(name))),
  );
  return hasMetric ? (line[MetricName] as number) : undefined;
}

/**
 * Whether an alarm is raised by the lines of its last periods, the newest at the end; `undefined` is a period without a line. An
 * alarm that ignores missing data keeps the state of its last value.
 */
export function goesOff(alarm: Alarm, periods: readonly (MetricLine | undefined)[]): boolean {
  const values = periods.map((line) => (line === undefined ? undefined : valueIn(alarm, line)));
  if (alarm.TreatMissingData === 'ignore') {
    const last = values.filter((value) => value !== undefined).at(-1);
    return last !== undefined && isInAlarm(alarm, last);
  }
  const evaluated = [...Array(alarm.EvaluationPeriods).fill(undefined), ...values].slice(-alarm.EvaluationPeriods);
  return evaluated.every((value) =>
    value === undefined ? alarm.TreatMissingData === 'breaching' : isInAlarm(alarm, value),
  );
}

function isInAlarm({ ComparisonOperator, Threshold }: Alarm, value: number): boolean {
  if (ComparisonOperator === 'GreaterThanOrEqualToThreshold') return value >= Threshold;
  if (ComparisonOperator === 'LessThanThreshold') return value < Threshold;
  throw new Error(`the comparison '${ComparisonOperator}' isn't supported here`);
}
