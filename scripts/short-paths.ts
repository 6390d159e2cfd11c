/** The classes of properties that rules use; the other classes only record that a property was reviewed. */
const KINDS = ['region', 'zone', 'model', 'bucket', 'destination', 'host', 'third-party'];

type Pointers = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The paths of every type in the form that `lib/facts/place-properties.ts` reads, which takes less than half: functions bundle them. */
interface ShortPaths {
  /** The frequent names, separated by spaces; a path has a name's number instead. */
  readonly names: string;
  /** By type and kind: each path begins with the number of names that it shares with the one before. */
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function shortPaths(pointers: Pointers): ShortPaths {
  const used = Object.entries(pointers).flatMap(([type, kinds]) =>
    Object.entries(kinds)
      .filter(([kind]) => KINDS.includes(kind))
      .map(([kind, list]) => ({ type, kind, paths: withoutSharedNames(list) })),
  );
  const names = frequentNames(used.flatMap(({ paths }) => paths.flatMap(({ own }) => own)));
  const types: Record<string, Record<string, string>> = {};
  for (const { type, kind, paths } of used) {
    types[type] ??= {};
    types[type][kind] = paths.map(({ shared, own }) => written(shared, own, names)).join(' ');
  }
  return { names: names.join(' '), types };
}

interface Path {
  readonly shared: number;
  readonly own: readonly string[];
}

function withoutSharedNames(pointers: readonly string[]): Path[] {
  let before: readonly string[] = [];
  return pointers.map((pointer) => {
    const names = pointer.split('/').slice(1);
    const shared = names.findIndex((name, index) => name !== before[index] || index === names.length - 1);
    before = names;
    return { shared, own: names.slice(shared) };
  });
}

const written = (shared: number, own: readonly string[], names: readonly string[]) =>
  `${shared || ''}/${own.map((name) => (names.includes(name) ? names.indexOf(name) : name)).join('/')}`;

/** The names for which a number is shorter, in alphabetical order. */
function frequentNames(all: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of all) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([name, count]) => count * (name.length - 2) > name.length + 9)
    .map(([name]) => name)
    .sort();
}
