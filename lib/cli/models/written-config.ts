import { existsSync, readFileSync } from 'node:fs';
import { ResidencyBoundary } from '../../boundary/boundary';
import { readYaml } from '../../config/read/yaml-source';
import { UsageError } from '../shared/usage-error';

/** What a configuration says, even if it is incomplete: its models may not have been written yet. */
export interface WrittenConfig {
  readonly boundary?: ResidencyBoundary;
  readonly primaryRegion?: string;
}

const DEFAULT = 'residency.yaml';

/**
 * Reads the boundary and the primary Region of a configuration, and leaves out what is missing or wrong.
 *
 * @param file without it, residency.yaml of the working folder if there is one
 */
export function writtenConfig(file?: string): WrittenConfig {
  if (!existsSync(file ?? DEFAULT)) {
    if (file === undefined) return {};
    throw new UsageError(`--config: there is no file '${file}'`);
  }
  const value = readYaml(readFileSync(file ?? DEFAULT, 'utf8')).value ?? {};
  const { boundary, regions } = value as {
    readonly boundary?: unknown;
    readonly regions?: { readonly primary?: unknown };
  };
  const primary = regions?.primary;
  return { boundary: boundaryOf(boundary), ...(typeof primary === 'string' && { primaryRegion: primary }) };
}

function boundaryOf(value: unknown): ResidencyBoundary | undefined {
  try {
    return value === undefined ? undefined : ResidencyBoundary.parse([value].flat().join(','));
  } catch {
    return undefined;
  }
}
