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
    if (values[from[0] as string] === undefined) continue;
    for (const { value, pointer, indexes } of taken(values, from)) {
      const content =
        how === undefined ? converted(value, pointer, origins) : parsedDocument(how, value, pointer, origins);
      place(properties, boundTo(to, indexes), content, pointer, origins);
    }
  }
  for (const pointer in set)
    if (hasNeighbour(properties, pointer)) place(properties, pointer.split('/').slice(1), set[pointer], pointer);
  for (const key in values) {
    const value = values[key];
    if (value === undefined) continue;
    const name = propertyName(key);
    const slot = properties[name] === undefined ? name : key;
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

/** Most moves pass no list. */
const NO_INDEXES: readonly string[] = [];

/** Every value at a path, taken out of the values. */
function taken(values: Json, path: readonly string[]): readonly Taken[] {
  const found: Taken[] = [];
  take(values, path, 0, '', NO_INDEXES, found);
  return found;
}

/** Takes the values below a node, to which the first `depth` steps of the path lead. */
function take(
  node: unknown,
  path: readonly string[],
  depth: number,
  pointer: string,
  indexes: readonly string[],
  found: Taken[],
): void {
  const step = path[depth];
  if (step === undefined || typeof node !== 'object' || node === null) return;
  // Everything in a block that is known only later is known only later.
  if (node instanceof Unresolved || node instanceof Reference) found.push({ value: node, pointer, indexes });
  // A block that occurs once is a list with one entry, or a map.
  else if (step === '0' && isMap(node)) take(node, path, depth + 1, pointer, indexes, found);
  else if (step === '*')
    for (const key of Object.keys(node)) takeAt(node as Slot, key, path, depth, pointer, [...indexes, key], found);
  else if (Object.hasOwn(node, step)) takeAt(node as Slot, step, path, depth, pointer, indexes, found);
}

function takeAt(
  slot: Slot,
  key: string,
  path: readonly string[],
  depth: number,
  above: string,
  indexes: readonly string[],
  found: Taken[],
): void {
  const value = slot[key];
  const pointer = `${above}/${escaped(key)}`;
  if (depth < path.length - 1) take(value, path, depth + 1, pointer, indexes, found);
  else if (value !== undefined) {
    slot[key] = undefined;
    found.push({ value, pointer, indexes });
  }
}

/** A target's steps with the positions of the source in place of each `*`. */
function boundTo(target: readonly string[], indexes: readonly string[]): readonly string[] {
  if (!target.includes('*')) return target;
  let next = 0;
  return target.map((step) => (step === '*' ? (indexes[next++] ?? '0') : step));
}

function place(root: Slot, steps: readonly string[], value: unknown, pointer: string, origins?: Origins): void {
  let slot = root;
  for (let index = 0; index < steps.length - 1; index++) {
    const step = steps[index] as string;
    if (typeof slot[step] !== 'object' || slot[step] === null)
      slot[step] = /^\d+$/.test(steps[index + 1] as string) ? [] : {};
    slot = slot[step] as Slot;
  }
  const last = steps.at(-1) as string;
  const before = slot[last];
  // Some values of a block were taken before the rest of it.
  if (before === undefined || !isMap(before) || !isMap(value)) put(root, slot, last, value, pointer, origins);
  else
    for (const [key, item] of Object.entries(value))
      put(root, before as Slot, key, item, `${pointer}/${escaped(key)}`, origins);
}

/** Puts a value where no other one is, otherwise under its pointer: the rules on all values find it there. */
function put(root: Slot, slot: Slot, name: string, value: unknown, pointer: string, origins?: Origins): void {
  const isFree = (slot[name] ?? undefined) === undefined;
  const holder = isFree ? slot : root;
  const key = isFree ? name : pointer;
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
