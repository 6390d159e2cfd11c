import type { NotYet } from '../model/not-yet';
import { valueAt } from '../read/draft';
import { found } from '../read/found';
import type { Path, Problem } from '../read/problem';
import type { Subject } from './check';

/** Keys that would have no effect, except where another mistake has already been reported. */
export function checkNotYet({ draft }: Subject, rows: readonly NotYet[], reported: readonly Problem[]): Problem[] {
  return rows.flatMap((row) =>
    places(draft, row.path)
      .filter((path) => !reported.some((problem) => path.every((step, index) => problem.path[index] === step)))
      .filter((path) => !isExcepted(row, draft, path))
      .map((path) => {
        const value = valueAt(draft, path);
        const isPlain = typeof value !== 'object';
        const why = `not available in this version: ${row.missing}; ${row.instead}`;
        return { path, text: isPlain ? `found ${found(value)}; ${why}` : `is ${why}`, atKey: !isPlain };
      }),
  );
}

function isExcepted({ unless }: NotYet, draft: Subject['draft'], path: Path): boolean {
  if (unless === undefined) return false;
  const addresses = valueAt(draft, [...path.slice(0, -1), 'addresses']);
  return Array.isArray(addresses) && addresses.length > 0;
}

/** The paths in a file that match a path of the table. */
function places(draft: unknown, tablePath: string): Path[] {
  return tablePath
    .replaceAll('[]', '.[]')
    .split('.')
    .reduce<Path[]>(
      (paths, step) =>
        paths.flatMap((path) => {
          if (step !== '[]') return [[...path, step]];
          const list = valueAt(draft, path);
          return Array.isArray(list) ? list.map((_, index) => [...path, index]) : [];
        }),
      [[]],
    )
    .filter((path) => valueAt(draft, path) !== undefined);
}
