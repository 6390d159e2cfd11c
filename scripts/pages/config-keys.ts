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
    return [key, ...innerOf(property, [...steps, name], path)];
  });
}

function innerOf(property: JsonSchema, steps: Path, path: string): ConfigKey[] {
  const { items, anyOf = [] } = property;
  if (items !== undefined) return keysOf(items, [...steps, 0], `${path}[]`);
  const list = JSON.stringify(anyOf.find((option) => option.items !== undefined)?.items);
  return [
    ...keysOf(property, steps, path),
    // A mapping that takes the same list in one of its keys doesn't repeat what the list takes.
    ...anyOf.flatMap((option) => innerOf(withoutList(option, list), steps, path)),
  ];
}

function withoutList(option: JsonSchema, list: string | undefined): JsonSchema {
  if (option.properties === undefined) return option;
  const properties = Object.entries(option.properties).map(([name, property]) =>
    JSON.stringify(property.items) === list ? [name, { ...property, items: undefined }] : [name, property],
  );
  return { ...option, properties: Object.fromEntries(properties) };
}

/** The text that a check of the definition gives for a missing value is what its messages call allowed. */
const allowedAt = (path: Path) => schemaAt(path)?.safeParse(undefined).error?.issues[0]?.message ?? '';
