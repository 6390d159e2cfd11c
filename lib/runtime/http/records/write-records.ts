import { EvidenceStream } from './evidence-line';
import type { MetricDirective } from './metric-directives';
import type { OperationsRecord } from './operations';
import type { ResidencyRecord } from './residency-record';

/** A process has one standard output, so its lines are one stream. */
const stream = new EvidenceStream();

/**
 * Writes both records to standard output, which Lambda sends to the function's log group. `console.log` wouldn't do: Lambda wraps
 * each of its lines in JSON, in which CloudWatch finds no metrics.
 */
export function writeRecords(residency: ResidencyRecord, operations: OperationsRecord): void {
  process.stdout.write(`${JSON.stringify(stream.line(residency))}\n${textOf(operations)}\n`);
}

/** The text of each list of directives. Most lines have the same list, which is longer than the rest of the line. */
const directiveTexts = new WeakMap<readonly MetricDirective[], string>();

function textOf({ _aws: { Timestamp, CloudWatchMetrics }, ...fields }: OperationsRecord): string {
  const rest = JSON.stringify(fields).slice(1);
  return `{"_aws":{"Timestamp":${Timestamp},"CloudWatchMetrics":${directivesText(CloudWatchMetrics)}},${rest}`;
}

function directivesText(directives: readonly MetricDirective[]): string {
  const before = directiveTexts.get(directives);
  if (before !== undefined) return before;
  const text = JSON.stringify(directives);
  directiveTexts.set(directives, text);
  return text;
}
