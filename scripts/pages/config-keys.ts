import type { Path } from '../../lib/config/read/problem';
import { schemaAt } from '../../lib/config/read/schema-keys';
import { BOUNDARY_ALLOWED } from '../../lib/config/read-boundary';
import type { JsonSchema } from '../schemas/json-schema';

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
  return keysOf(schema, [], '');
}

function keysOf(schema: JsonSchema, steps: Path, parent: string): ConfigKey[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = parent === '' ? name : `${parent}.${name}`;
    const key: ConfigKey = {
      path,
      required: schema.required?.includes(name) ?? false,
      allowed: name === 'boundary' ? BOUNDARY_ALLOWED : allowedAt([...steps, name]),
      description: property.description ?? '',
    };
    const inner =
      property.items === undefined
        ? keysOf(property, [...steps, name], path)
        : keysOf(property.items, [...steps, name, 0], `${path}[]`);
    return [key, ...inner];
  });
}

/** The text that a check of the definition gives for a missing value is what its messages call allowed. */
const allowedAt = (path: Path) => schemaAt(path)?.safeParse(undefined).error?.issues[0]?.message ?? '';
