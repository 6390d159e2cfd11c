import type { Path } from '../read/problem';

/** A guardrail as the file names it; parts may be missing, because they were invalid. */
interface Entry {
  readonly id?: string | undefined;
  readonly version?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly key?: string | undefined;
}

/** A guardrail with its Region, and where the file names it. */
export interface NamedEntry extends Entry {
  readonly region: string;
  readonly path: Path;
}

/** The guardrails of a tenant, whether the file has one or a list. */
export function namedGuardrails(value: unknown, path: Path, primary: string): NamedEntry[] {
  const isList = Array.isArray(value);
  const entries: readonly (Entry | undefined)[] = isList ? value : [value as Entry];
  return entries.flatMap((entry, at) =>
    entry === undefined ? [] : [{ ...entry, region: entry.region ?? primary, path: isList ? [...path, at] : path }],
  );
}
