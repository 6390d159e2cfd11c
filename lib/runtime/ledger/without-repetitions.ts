import { canonicalJson } from '../../ledger/canonical-json';
import type { EvidenceLine } from './evidence-line';
import type { LogLine } from './log-line';

/** A line of a log that is a leaf. */
export interface ReadLine extends LogLine {
  readonly leaf: EvidenceLine;
}

/** CloudWatch may return a line twice. Of different records with one number, nothing tells which is genuine, so none is a leaf. */
export function withoutRepetitions(lines: readonly ReadLine[]) {
  const numbers = new Map<string, ReadLine[]>();
  for (const line of lines) {
    const { stream, seq } = line.leaf.record;
    const number = `${stream}/${seq}`;
    const found = numbers.get(number);
    if (found === undefined) numbers.set(number, [line]);
    else found.push(line);
  }
  const different = [...numbers.values()].map((found) => (found.length === 1 ? found : withoutEqual(found)));
  return {
    unique: different.filter(({ length }) => length === 1).flat(),
    conflicts: different.filter(({ length }) => length > 1).flat(),
  };
}

/** Of equal lines, the one that was written first. */
function withoutEqual(lines: readonly ReadLine[]): ReadLine[] {
  const latestFirst = lines.toSorted((one, other) => other.at - one.at);
  return [...new Map(latestFirst.map((line) => [canonicalJson(line.leaf), line])).values()];
}
