import type { Partly } from '../read/draft';
import type { Path } from '../read/problem';
import type { ResidencyFile } from '../schema/schema';

type Written = NonNullable<NonNullable<ResidencyFile['workspaces']>[number]['guardrail']>;

/** A guardrail as the file names it, with its Region, and where; parts may be missing, because they were invalid. */
export interface NamedEntry extends Partly<Omit<Written, 'furtherRegions'>> {
  readonly region: string;
  readonly path: Path;
}

/** The guardrails of a tenant: its own, and those for further Regions. */
export function namedGuardrails(written: Partly<Written>, path: Path, primary: string): NamedEntry[] {
  const { furtherRegions = [], region = primary, ...first } = written;
  return [
    { ...first, region, path },
    ...furtherRegions.flatMap((entry, at): NamedEntry[] =>
      entry?.region === undefined ? [] : [{ ...entry, region: entry.region, path: [...path, 'furtherRegions', at] }],
    ),
  ];
}
