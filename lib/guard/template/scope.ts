import { findRegion } from '../../facts/region';
import { isMap } from './node';
import type { Json } from './parse';

/** What intrinsic functions are resolved against: one template, deployed to one Region. */
export interface Scope {
  readonly template: Json;
  /** Concrete Region, or none for a template that can go anywhere. */
  readonly deployRegion?: string;
  /** Values that other stacks of the same assembly export, by name, and their outputs by `outputKey`. */
  readonly exports?: ReadonlyMap<string, ExportedValue>;
  /** What the parent of a nested stack gives its parameters, by name. */
  readonly parameters?: ReadonlyMap<string, ExportedValue>;
}

/** A value of another template, with what it is resolved against. */
export interface ExportedValue {
  readonly stack: string;
  readonly value: unknown;
  readonly scope: Scope;
}

/** The key of an output of a stack; no name of an export has a line break in it. */
export const outputKey = (stack: string, region: string, output: string): string => `${stack}\n${region}\n${output}`;

/** A section of a template, empty when it is absent or not a mapping. */
export function section(template: Json, name: string): Json {
  const value = template[name];
  return isMap(value) ? value : {};
}

/** An entry of a mapping by its own key, so that `constructor` isn't one of every mapping. */
export const entry = (map: Json, key: string): unknown => (Object.hasOwn(map, key) ? map[key] : undefined);

/** The partition that a scope is deployed to; `aws` when that isn't known. */
export const partitionOf = (scope: Scope): string => findRegion(scope.deployRegion ?? '')?.partition ?? 'aws';
