import { nameOf, type UsedException } from '../declarations/apply-declarations';

/** The used exceptions, one per line, each with its approver. */
export function exceptionLines(exceptions: readonly UsedException[]): string[] {
  if (exceptions.length === 0) return [];
  const noun = exceptions.length === 1 ? 'exception' : 'exceptions';
  return [
    `${exceptions.length} ${noun} used:`,
    ...exceptions.map((row) => {
      const count = row.findings === 1 ? '1 finding' : `${row.findings} findings`;
      const held = row.types === undefined ? '' : ` [${row.types.join(', ')}]`;
      return `  ${nameOf(row)}${held}: ${count}, until ${row.expires}, approved by ${row.approver}: ${row.reason}`;
    }),
  ];
}
