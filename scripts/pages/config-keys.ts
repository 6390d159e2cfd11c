import { z } from 'zod';
import { BOUNDARY_ALLOWED } from '../../lib/config/read-boundary';
import { residencySchema } from '../../lib/config/schema';
import type { JsonSchema } from '../schema';

/** A key of `residency.yaml`, as its page shows it. */
export interface ConfigKey {
  /** `models[].id` */
  readonly path: string;
  readonly required: boolean;
  /** What a message says is allowed. */
  readonly allowed: string;
  readonly description: string;
}

/** Every key of `residency.yaml`, in the order of the definition. */
export function configKeys(schema: JsonSchema): ConfigKey[] {
  return keysOf(schema, residencySchema, '');
}

function keysOf(json: JsonSchema, definition: unknown, parent: string): ConfigKey[] {
  const mapping = unwrapped(definition);
  if (!(mapping instanceof z.ZodObject)) return [];
  return Object.entries(json.properties ?? {}).flatMap(([name, property]) => {
    const path = parent === '' ? name : `${parent}.${name}`;
    const own = unwrapped(mapping.shape[name]);
    const key: ConfigKey = {
      path,
      required: json.required?.includes(name) ?? false,
      allowed: path === 'boundary' ? BOUNDARY_ALLOWED : allowedBy(own),
      description: property.description ?? '',
    };
    const inner =
      own instanceof z.ZodArray ? keysOf(property.items ?? {}, own.element, `${path}[]`) : keysOf(property, own, path);
    return [key, ...inner];
  });
}

const unwrapped = (definition: unknown): unknown =>
  definition instanceof z.ZodOptional ? definition.unwrap() : definition;

/** The text that a check of the definition gives for a missing value is what its messages call allowed. */
const allowedBy = (definition: unknown): string =>
  definition instanceof z.ZodType ? (definition.safeParse(undefined).error?.issues[0]?.message ?? '') : '';
