/** The index of an instance, as an address and a reference have it. */
const INDEX = String.raw`\[(?:\d+|"(?:[^"\\]|\\.)*")\]`;
const ANY_INDEX = new RegExp(INDEX, 'g');
const MODULE = new RegExp(String.raw`module\.([\w-]+(?:${INDEX})?)\.`, 'y');
const STEP = new RegExp(String.raw`([^.[\]]+)(?:${INDEX})?`, 'g');

export const withoutIndexes = (address: string) => (address.includes('[') ? address.replace(ANY_INDEX, '') : address);

/** The modules around a resource, with their indexes. */
export function modulesOf(address: string): readonly string[] {
  if (!address.startsWith('module.')) return NO_MODULES;
  const modules: string[] = [];
  MODULE.lastIndex = 0;
  for (let found = MODULE.exec(address); found !== null; found = MODULE.exec(address)) modules.push(found[1] as string);
  return modules;
}

const NO_MODULES: readonly string[] = [];

/** The names in a reference, each with its index if that is a constant. */
export const stepsOf = (reference: string): string[] => reference.match(STEP) ?? [];

interface Addressed {
  readonly address: string;
  readonly modules: readonly string[];
}

/** By addresses without indexes, the instances in their order. */
export type ByName<T extends Addressed> = ReadonlyMap<string, readonly T[]>;

export function byNameOf<T extends Addressed>(all: readonly T[]): ByName<T> {
  const byName = new Map<string, T[]>();
  for (const one of all) {
    const name = withoutIndexes(one.address);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [one]);
    else known.push(one);
  }
  return byName;
}

/** The instances of a name in a module; a name or module without an index stands for all its instances. */
export function instancesIn<T extends Addressed>(
  byName: ByName<T>,
  modules: readonly string[],
  name: string,
): readonly T[] {
  const plain = [...modules.map((module) => `module.${withoutIndexes(module)}`), withoutIndexes(name)].join('.');
  const all = byName.get(plain) ?? [];
  if (all.length < 2) return all;
  const isIndexed = name.endsWith(']');
  return all.filter(
    (one) =>
      modules.every((module, at) => !module.endsWith(']') || one.modules[at] === module) &&
      (!isIndexed || `.${one.address}`.endsWith(`.${name}`)),
  );
}
