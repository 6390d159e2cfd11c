import type { Paint } from '../../guard/report/paint';
import { hanging } from '../../guard/report/wrap';
import { visible } from '../../html/visible';
import { lineGroups } from '../columns';
import type { Difference } from './policy-diff';

/** How the table is written. */
export interface DiffTableOptions {
  /** @default - unlimited */
  readonly width?: number;
  /** What the policies must reach; none for the organization as a whole. */
  readonly target?: string;
}

/** The differences as a table for a terminal, with the fix below each. */
export function diffTable(
  differences: readonly Difference[],
  paint: Paint,
  { width = Number.POSITIVE_INFINITY, target }: DiffTableOptions = {},
): string {
  if (differences.length === 0) {
    return target === undefined
      ? 'each statement that the perimeter requires is attached somewhere in the organization; --target compares what reaches a unit or account'
      : `every statement that the perimeter requires reaches ${target}`;
  }
  const [head = [], ...texts] = lineGroups(
    [
      ['STATE', 'DOCUMENT', 'STATEMENT', 'FOUND'],
      ...differences.map(({ kind, document, sid, found }) => [
        kind.replace('-', ' '),
        document,
        sid ?? 'all',
        visible(found),
      ]),
    ],
    width,
  );
  const body = differences.flatMap(({ fix }, index) => [
    ...(texts[index] ?? []).map(paint.grave),
    ...hanging('    fix: ', visible(fix), width),
  ]);
  const { length } = differences;
  return [...head.map(paint.bold), ...body, '', `${length} ${length === 1 ? 'difference' : 'differences'}`].join('\n');
}
