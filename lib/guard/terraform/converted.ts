import { jsonIn } from '../template/nesting';
import { isMap, Reference, Unresolved } from '../template/node';
import type { Json } from '../template/parse';

/** By the map or list that holds it, the pointer to each value in the plan's resource. */
export class Origins {
  /** The properties whose origins these are. */
  public root: unknown;
  private readonly byHolder = new WeakMap<object, Map<string, string>>();

  public add(holder: object, key: string, pointer: string): void {
    const known = this.byHolder.get(holder) ?? new Map<string, string>();
    known.set(key, pointer);
    this.byHolder.set(holder, known);
  }

  /** The pointer to a value in the plan's resource, from the steps below its properties. */
  public of(steps: readonly string[]): string {
    let node = this.root;
    let pointer = '';
    for (const step of steps) {
      const holder = typeof node === 'object' && node !== null ? node : undefined;
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      pointer = (holder && this.byHolder.get(holder)?.get(key)) ?? `${pointer}/${step}`;
      node = holder === undefined ? undefined : (holder as Record<string, unknown>)[key];
    }
    return pointer;
  }
}

const names = new Map<string, string>();

/** The name that CloudFormation would give an attribute: `bucket_arn` is `BucketArn`. */
export function propertyName(attribute: string): string {
  const known = names.get(attribute);
  if (known !== undefined) return known;
  const name = attribute
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  if (names.size >= 10_000) names.clear();
  names.set(attribute, name);
  return name;
}

/** The name of a property, for a provider whose attributes are all named after properties. */
export type NameOf = (attribute: string) => string;

/**
 * A value of the plan with the names that CloudFormation gives properties. The keys of a block are names that the provider defines;
 * those of any other map are the user's own.
 *
 * @param origins records where each value comes from; recording takes more time than the rest
 */
export function converted(
  value: unknown,
  pointer: string,
  origins?: Origins,
  isBlock = false,
  nameOf?: NameOf,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (let index = 0; index < value.length; index++) {
      const at = origins === undefined ? '' : `${pointer}/${index}`;
      // A value that was taken leaves a gap, which names nothing.
      list.push(value[index] === undefined ? null : converted(value[index], at, origins, true, nameOf));
      origins?.add(list, String(index), at);
    }
    return list;
  }
  // What is known only after the plan is applied.
  if (value instanceof Unresolved || value instanceof Reference) return value;
  const map: Record<string, unknown> = {};
  for (const key in value) {
    const item = (value as Json)[key];
    if (item === undefined) continue;
    const name = nameOf?.(key) ?? (isBlock ? propertyName(key) : key);
    const at = origins === undefined ? '' : `${pointer}/${escaped(key)}`;
    map[name] = converted(item, at, origins, false, nameOf);
    origins?.add(map, name, at);
  }
  return map;
}

/** A key as a step of a JSON pointer. */
export const escaped = (key: string): string =>
  /[~/]/.test(key) ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;

/** A document that an attribute holds as a text; the text itself if it isn't JSON. */
export function parsedDocument(how: string, value: unknown, pointer: string, origins?: Origins): unknown {
  const document = typeof value === 'string' ? jsonIn(value) : value;
  return how === 'containers' ? capitalized(document ?? value, pointer, origins) : (document ?? value);
}

/** Maps of a container definition whose keys the user or a log driver defines. */
const FREE_KEYS = /^(?:options|dockerLabels)$/;

/** A definition of the API of ECS or Batch with the names that CloudFormation gives properties. */
function capitalized(value: unknown, pointer: string, origins?: Origins): unknown {
  if (Array.isArray(value)) {
    const list = value.map((item, index) => capitalized(item, `${pointer}/${index}`, origins));
    for (const index of value.keys()) origins?.add(list, String(index), `${pointer}/${index}`);
    return list;
  }
  if (!isMap(value)) return value;
  const map: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const name = key.charAt(0).toUpperCase() + key.slice(1);
    map[name] = FREE_KEYS.test(key) ? item : capitalized(item, `${pointer}/${escaped(key)}`, origins);
    origins?.add(map, name, `${pointer}/${escaped(key)}`);
  }
  return map;
}
