import { z } from 'zod';
import type { Path } from './problem';
import { residencySchema } from './schema';

/** The keys that the mapping at a path may have, in the order of the definition. */
export function keysAt(path: Path): string[] {
  const schema = path.reduce<unknown>((parent, step) => {
    const at = unwrapped(parent);
    if (at instanceof z.ZodObject) return at.shape[step as string];
    return at instanceof z.ZodArray ? at.element : undefined;
  }, residencySchema);
  const at = unwrapped(schema);
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

const unwrapped = (schema: unknown): unknown => (schema instanceof z.ZodOptional ? schema.unwrap() : schema);
