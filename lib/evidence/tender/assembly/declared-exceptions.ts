import type { UsedException } from '../../../guard/declarations/apply-declarations';
import { until } from '../../../guard/declarations/declared-exception';

/** What declared exceptions permit in an assembly, as one part of a sentence; empty without exceptions. */
export function permittedBy(exceptions: readonly UsedException[] = []): string[] {
  if (exceptions.length === 0) return [];
  const subject =
    exceptions.length === 1 ? '1 declared exception permits' : `${exceptions.length} declared exceptions permit`;
  return [`${subject} what may leave the boundary: ${exceptions.map(exceptionText).join('; ')}`];
}

function exceptionText(row: UsedException): string {
  const { rule, stack, file, logicalId, type, types, property, value, approver } = row;
  const place = `${file ?? stack}${logicalId === undefined ? '' : `#${logicalId}`}`;
  const what = [place, type, types?.join(' and '), value ?? property].filter(Boolean).join(', ');
  return `${rule} at ${what} (approved by ${approver} ${until(row)})`;
}
