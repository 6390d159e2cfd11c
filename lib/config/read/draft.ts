import type { ResidencyFile } from '../schema/schema';
import type { Path } from './problem';

/** A value of which any part may be missing, because it was invalid and has already been reported. */
export type Partly<T> = T extends readonly (infer E)[]
  ? readonly (Partly<E> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Partly<T[K]> | undefined }
    : T;

/** The valid parts of a file, so that checks of its meaning can run next to those of its shape. */
export type Draft = Partly<ResidencyFile>;

/** The value at a path; undefined when there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (parent, step) =>
      typeof parent === 'object' && parent !== null && Object.hasOwn(parent, step)
        ? (parent as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
}

/** Whether a draft has every part that was written: none was invalid. */
export const isWhole = (written: unknown, draft: unknown): boolean =>
  typeof written !== 'object' || written === null
    ? draft !== undefined
    : typeof draft === 'object' && Object.entries(written).every(([key, part]) => isWhole(part, valueAt(draft, [key])));

/** A copy of a value without the parts at these paths; in a list their positions stay empty, so that the others don't move. */
export function without(value: unknown, paths: readonly Path[]): unknown {
  const copy = structuredClone(value);
  for (const path of paths) {
    const parent = valueAt(copy, path.slice(0, -1));
    const last = path.at(-1);
    if (Array.isArray(parent)) parent[Number(last)] = undefined;
    else if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, last ?? '');
  }
  return copy;
}

/** The parts of a list that are there, each with its position in the file. */
export function present<T>(list: readonly (T | undefined)[] | undefined): [number, T][] {
  return [...(list ?? []).entries()].filter((entry): entry is [number, T] => entry[1] !== undefined);
}
