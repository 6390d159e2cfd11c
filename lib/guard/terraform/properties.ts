import { isMap, Reference, Unresolved } from '../template/node';
import type { Json } from '../template/parse';
import type { Mapping } from './cloudformation-type';
import { converted, escaped, type Origins, parsedDocument, propertyName } from './converted';

type Slot = Record<string, unknown>;

/** A move, divided into steps. */
interface Steps {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** How the attribute holds a document, if it does. */
  readonly how?: string;
}

const stepsByMoves = new WeakMap<object, readonly Steps[]>();

/** The moves of a type, the longest first: what a block holds is taken before the block. */
function stepsOf(moves: NonNullable<Mapping['moves']>): readonly Steps[] {
  const known = stepsByMoves.get(moves);
  if (known !== undefined) return known;
  const steps = Object.entries(moves)
    .map(([from, to]): Steps => {
      const [, how, target = ''] = /^(?:(\w+):)?(.*)$/.exec(to) ?? [];
      return { from: from.split('/').slice(1), to: target.split('/').slice(1), how };
    })
    .sort((a, b) => b.from.length - a.from.length);
  stepsByMoves.set(moves, steps);
  return steps;
}

/**
 * The properties of a resource as CloudFormation has them: values are where the rules look for them, and what has no place there
 * stays under its own name.
 *
 * @param values are taken apart
 * @param origins records where each value comes from
 */
export function propertiesOf(values: Json, { moves, set, nameOf }: Mapping, origins?: Origins): Json {
  if (nameOf !== undefined) return converted(values, '', origins, true, nameOf) as Json;
  const properties: Slot = {};
  for (const { from, to, how } of moves === undefined ? [] : stepsOf(moves)) {
    if (!Object.hasOwn(values, from[0] as string)) continue;
    for (const { value, pointer, indexes } of taken(values, from, '', [])) {
      const content =
        how === undefined ? converted(value, pointer, origins) : parsedDocument(how, value, pointer, origins);
      place(properties, boundTo(to, indexes), content, pointer, origins);
    }
  }
  for (const [pointer, value] of Object.entries(set ?? {}))
    if (hasNeighbour(properties, pointer)) place(properties, pointer.split('/').slice(1), value, pointer);
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value === undefined) continue;
    const name = propertyName(key);
    const slot = Object.hasOwn(properties, name) ? key : name;
    properties[slot] = converted(value, `/${key}`, origins);
    origins?.add(properties, slot, `/${key}`);
  }
  return properties;
}

interface Taken {
  readonly value: unknown;
  readonly pointer: string;
  readonly indexes: readonly string[];
}

/** Takes every value at a path out of the values. */
function* taken(
  node: unknown,
  [step, ...others]: readonly string[],
  pointer: string,
  indexes: readonly string[],
): Generator<Taken> {
  if (step === undefined || typeof node !== 'object' || node === null) return;
  // Everything in a block that is known only later is known only later.
  if (node instanceof Unresolved || node instanceof Reference) {
    yield { value: node, pointer, indexes };
    return;
  }
  // A block that occurs once is a list with one entry, or a map.
  if (step === '0' && isMap(node)) {
    yield* taken(node, others, pointer, indexes);
    return;
  }
  const keys = step === '*' ? Object.keys(node) : Object.hasOwn(node, step) ? [step] : [];
  for (const key of keys) {
    const slot = node as Slot;
    const at = `${pointer}/${escaped(key)}`;
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
function boundTo(target: readonly string[], indexes: readonly string[]): string[] {
  let next = 0;
  return target.map((step) => (step === '*' ? (indexes[next++] ?? '0') : step));
}

function place(root: Slot, steps: readonly string[], value: unknown, pointer: string, origins?: Origins): void {
  let slot = root;
  for (const [index, step] of steps.slice(0, -1).entries()) {
    const next = steps[index + 1] as string;
    if (typeof slot[step] !== 'object' || slot[step] === null) slot[step] = /^\d+$/.test(next) ? [] : {};
    slot = slot[step] as Slot;
  }
  const last = steps.at(-1) as string;
  const before = slot[last];
  // Some values of a block were taken before the rest of it.
  if (!isMap(before) || !isMap(value)) put(root, slot, last, value, pointer, origins);
  else
    for (const [key, item] of Object.entries(value))
      put(root, before as Slot, key, item, `${pointer}/${escaped(key)}`, origins);
}

/** Puts a value where no other one is, otherwise under its pointer: the rules on all values find it there. */
function put(root: Slot, slot: Slot, name: string, value: unknown, pointer: string, origins?: Origins): void {
  const isFree = (slot[name] ?? undefined) === undefined;
  const [holder, key] = isFree ? [slot, name] : [root, pointer];
  holder[key] = value;
  origins?.add(holder, key, pointer);
}

function hasNeighbour(root: Slot, pointer: string): boolean {
  const steps = pointer.split('/').slice(1, -1);
  return isMap(
    steps.reduce<unknown>(
      (node, step) => (typeof node === 'object' && node !== null ? (node as Slot)[step] : undefined),
      root,
    ),
  );
}
