import type { Template } from 'aws-cdk-lib/assertions';

/** An alarm as a template has it, as far as its state follows from values. */
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

/** A log line that CloudWatch reads metrics out of. */
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

/** What CloudWatch makes of one alarm's metric in a line: its value, if the line holds it under the alarm's dimensions. */
export function valueIn({ Namespace, MetricName, Dimensions = [] }: Alarm, line: MetricLine): number | undefined {
  const names = Dimensions.map(({ Name }) => Name);
  const held = line._aws.CloudWatchMetrics.some(
    (metrics) =>
      metrics.Namespace === Namespace &&
      metrics.Metrics.some(({ Name }) => Name === MetricName) &&
      metrics.Dimensions.some((set) => set.length === names.length && set.every((name) => names.includes(name))),
  );
  return held ? (line[MetricName] as number) : undefined;
}

/**
 * Whether an alarm goes off by what was logged in its last periods, the newest at the end; `undefined` is a period in which
 * nothing was. An alarm that ignores a missing value stays as it was by the last one that there is.
 */
export function goesOff(alarm: Alarm, periods: readonly (MetricLine | undefined)[]): boolean {
  const values = periods.map((line) => (line === undefined ? undefined : valueIn(alarm, line)));
  if (alarm.TreatMissingData === 'ignore') {
    const last = values.filter((value) => value !== undefined).at(-1);
    return last !== undefined && breaches(alarm, last);
  }
  const judged = [...Array(alarm.EvaluationPeriods).fill(undefined), ...values].slice(-alarm.EvaluationPeriods);
  return judged.every((value) =>
    value === undefined ? alarm.TreatMissingData === 'breaching' : breaches(alarm, value),
  );
}

function breaches({ ComparisonOperator, Threshold }: Alarm, value: number): boolean {
  if (ComparisonOperator === 'GreaterThanOrEqualToThreshold') return value >= Threshold;
  if (ComparisonOperator === 'LessThanThreshold') return value < Threshold;
  throw new Error(`the comparison '${ComparisonOperator}' is not one that this knows`);
}
