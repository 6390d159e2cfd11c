import { DEPRECATED } from '../model/deprecated';
import { valueAt } from '../read/draft';
import type { Path, Problem } from '../read/problem';

/** The deprecated keys that a file has. They still work, so they aren't mistakes. */
export function deprecatedKeys(raw: unknown): Problem[] {
  return DEPRECATED.filter(({ kind }) => kind === 'key').flatMap(({ name, removedIn, instead }) =>
    pathsOf(raw, name).map((path) => ({
      path,
      text: `is deprecated, and version ${removedIn} refuses it; ${instead}`,
      atKey: true,
    })),
  );
}

/** Where a key such as `workspaces[].limits` is in a file: once for each entry of the list that has it. */
function pathsOf(raw: unknown, name: string): Path[] {
  const paths = name.split('.').reduce<Path[]>(
    (parents, step) => {
      const key = step.replace(/\[\]$/, '');
      const found = parents.map((parent) => [...parent, key]);
      return key === step ? found : found.flatMap((list) => entriesOf(raw, list));
    },
    [[]],
  );
  return paths.filter((path) => valueAt(raw, path) !== undefined);
}

function entriesOf(raw: unknown, path: Path): Path[] {
  const list = valueAt(raw, path);
  return Array.isArray(list) ? list.map((_, index) => [...path, index]) : [];
}
