import { z } from 'zod';
import { residencySchema } from '../schema/schema';
import type { Path } from './problem';

/** The part of the definition for the value at a path; none for an unknown key. */
export function schemaAt(path: Path, root: z.ZodType = residencySchema): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>((union, step) => {
    const parent = optionOf(union, typeof step === 'number' ? z.ZodArray : z.ZodObject);
    if (parent instanceof z.ZodObject) return unwrapped(parent.shape[step as string]);
    if (parent instanceof z.ZodRecord) return unwrapped(parent.valueType);
    return parent instanceof z.ZodArray ? unwrapped(parent.element) : undefined;
  }, root);
}

/** The keys that the mapping at a path may have, in the order of the definition. */
export function keysAt(path: Path, root?: z.ZodType): string[] {
  const schema = optionOf(schemaAt(path, root), z.ZodObject);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** Of a union, the option of a type; anything else as it is. */
const optionOf = (
  schema: z.ZodType | undefined,
  type: typeof z.ZodArray | typeof z.ZodObject,
): z.ZodType | undefined =>
  schema instanceof z.ZodUnion
    ? (schema.options.find((option): option is z.ZodType => option instanceof type) ?? schema)
    : schema;

const unwrapped = (schema: unknown): z.ZodType | undefined => {
  if (schema instanceof z.ZodOptional) return unwrapped(schema.unwrap());
  return schema instanceof z.ZodType ? schema : undefined;
};
