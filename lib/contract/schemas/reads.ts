import type * as z from 'zod/mini';

/** Whether two types have the same keys, each as optional as in the other and of the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** A type that may be written to at every depth, as that of a parsed value is. */
type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;

/**
 * A schema that reads exactly what a policy's type says: a key that is missing, added, renamed or of another type on one side doesn't
 * compile.
 */
export const reads =
  <Policy>() =>
  <S extends z.ZodMiniType>(
    schema: S & (Same<Writable<Policy>, Writable<z.output<S>>> extends true ? unknown : 'differs from its policy'),
  ): S =>
    schema;
