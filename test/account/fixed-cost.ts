import { readAssembly } from '@/lib/guard/assembly/read-assembly';
import { fixedPart } from '@/lib/report/cost/fixed-part';
import { HOURS, sumOf } from '@/lib/report/cost/money';

/** What the stacks of an assembly cost in an hour without any use, in US dollars; undefined if a price is unknown. */
export function dollarsPerHour(assembly: string, now: Date): number | undefined {
  const { lines, unknown } = fixedPart(readAssembly(assembly).templates, now);
  if (unknown.length > 0 || lines.some(({ cents }) => cents === undefined)) return undefined;
  return sumOf(lines.map(({ cents }) => cents)) / 100 / HOURS;
}
