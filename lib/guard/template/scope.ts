import { findRegion } from '../../facts/region';
import { isMap } from './node';
import type { Json } from './parse';

/** The scope in which intrinsic functions are resolved: one template, deployed to one Region. */
export interface Scope {
  readonly template: Json;
  /** Concrete Region, or none for a Region-agnostic template. */
  readonly deployRegion?: string;
  /** Values that other stacks of the same assembly export, by name, and their outputs by `outputKey`. */
  readonly exports?: ReadonlyMap<string, ExportedValue>;
  /** Parameter values that a nested stack's parent passes to it, by name. */
  readonly parameters?: ReadonlyMap<string, ExportedValue>;
}

/** A value of another template, with the scope in which it is resolved. */
export interface ExportedValue {
  readonly stack: string;
  readonly value: unknown;
  readonly scope: Scope;
}

/** The key of a stack's output; an export name can't contain a line break. */
export const outputKey = (stack: string, region: string, output: string): string => `${stack}\n${region}\n${output}`;

/** A section of a template; empty if it is absent or not a mapping. */
export function section(template: Json, name: string): Json {
  const value = template[name];
  return isMap(value) ? value : {};
}

/** An entry of a mapping by its own key, so that a mapping doesn't appear to have an entry `constructor`. */
export const entry = (map: Json, key: string): unknown => (Object.hasOwn(map, key) ? map[key] : undefined);

/** The partition that a scope is deployed to; `aws` if unknown. */
export const partitionOf = (scope: Scope): string => findRegion(scope.deployRegion ?? '')?.partition ?? 'aws';
