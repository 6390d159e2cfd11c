import { isMap } from '../template/node';
import type { Json } from '../template/parse';
import type { Mapping } from './cloudformation-type';
import { converted, Origins, parsedDocument, propertyName } from './converted';

/** The properties of a resource as CloudFormation has them. */
export interface Properties {
  readonly properties: Json;
  /** Where the values come from. */
  readonly origins: Origins;
}

type Slot = Record<string, unknown>;

/** Puts the values of a resource where the rules look for them; what has no place there stays under its own name. */
export function propertiesOf(values: Json, { moves = {}, set = {}, nameOf }: Mapping): Properties {
  const origins = new Origins();
  if (nameOf !== undefined) return { properties: converted(values, '', origins, true, nameOf) as Json, origins };
  const properties: Slot = {};
  const rest = structure(values) as Slot;
  const byLength = Object.entries(moves).sort(([a], [b]) => b.split('/').length - a.split('/').length);
  for (const [from, to] of byLength) {
    const [, how, target = ''] = /^(?:(\w+):)?(.*)$/.exec(to) ?? [];
    for (const { value, pointer, indexes } of taken(rest, from.split('/').slice(1), '', [])) {
      const content = how === undefined ? converted(value, pointer, origins) : parsedDocument(how, value, pointer, origins);
      place(properties, boundTo(target, indexes), content, pointer, origins);
    }
  }
  for (const [pointer, value] of Object.entries(set))
    if (hasNeighbour(properties, pointer)) place(properties, pointer.split('/').slice(1), value, '', origins);
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined) continue;
    const name = propertyName(key);
    const slot = Object.hasOwn(properties, name) ? key : name;
    properties[slot] = converted(value, `/${key}`, origins);
    origins.add(properties, slot, `/${key}`);
  }
  return { properties, origins };
}

/** A copy of the lists and maps, from which values are taken. */
function structure(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structure);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, structure(item)])) : value;
}

interface Taken {
  readonly value: unknown;
  readonly pointer: string;
  readonly indexes: readonly string[];
}

/** Takes every value at a path out of the values. */
function* taken(node: unknown, [step, ...others]: readonly string[], pointer: string, indexes: readonly string[]): Generator<Taken> {
  if (step === undefined || typeof node !== 'object' || node === null) return;
  // A block that occurs once is a list with one entry, or a map.
  if (step === '0' && isMap(node)) {
    yield* taken(node, others, pointer, indexes);
    return;
  }
  const keys = step === '*' ? Object.keys(node) : Object.hasOwn(node, step) ? [step] : [];
  for (const key of keys) {
    const slot = node as Slot;
    const at = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const bound = step === '*' ? [...indexes, key] : indexes;
    if (others.length > 0) yield* taken(slot[key], others, at, bound);
    else if (slot[key] !== undefined) {
      const value = slot[key];
      slot[key] = undefined;
      yield { value, pointer: at, indexes: bound };
    }
  }
}

/** A target's steps with the positions of the source in place of each `*`. */
function boundTo(target: string, indexes: readonly string[]): string[] {
  let next = 0;
  return target
    .split('/')
    .slice(1)
    .map((step) => (step === '*' ? (indexes[next++] ?? '0') : step));
}

function place(root: Slot, steps: readonly string[], value: unknown, pointer: string, origins: Origins): void {
  let slot = root;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    const next = steps[index + 1] as string;
    if (typeof slot[step] !== 'object' || slot[step] === null) slot[step] = /^\d+$/.test(next) ? [] : {};
    slot = slot[step] as Slot;
  }
  const last = steps.at(-1) as string;
  const before = slot[last];
  // Some values of a block were taken before the rest of it.
  if (isMap(before) && isMap(value)) for (const [key, item] of Object.entries(value)) (before as Slot)[key] ??= item;
  else slot[last] ??= value;
  if (pointer !== '') origins.add(slot, last, pointer);
}

function hasNeighbour(root: Slot, pointer: string): boolean {
  const steps = pointer.split('/').slice(1, -1);
  return isMap(steps.reduce<unknown>((node, step) => (typeof node === 'object' && node !== null ? (node as Slot)[step] : undefined), root));
}
