import { nameOf, type UsedException } from '../declarations/apply-declarations';
import { until } from '../declarations/declared-exception';
import { hanging } from './wrap';

/** The used exceptions, each with its approver, as lines of at most `width`. */
export function exceptionLines(exceptions: readonly UsedException[], width = Number.POSITIVE_INFINITY): string[] {
  if (exceptions.length === 0) return [];
  const noun = exceptions.length === 1 ? 'exception' : 'exceptions';
  return [
    `${exceptions.length} ${noun} used:`,
    ...exceptions.flatMap((row) => {
      const count = row.findings === 1 ? '1 finding' : `${row.findings} findings`;
      const held = row.types === undefined ? '' : ` [${row.types.join(', ')}]`;
      const text = `${nameOf(row)}${held}: ${count}, ${until(row)}, approved by ${row.approver}: ${row.reason}`;
      return hanging('  ', text, width);
    }),
  ];
}
