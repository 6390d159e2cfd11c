import { existsSync } from 'node:fs';
import path from 'node:path';
import { ResidencyBoundary } from '../../boundary/boundary';
import type { ProfileRow } from '../../boundary/profile-row';
import { loadProfileRows } from '../../config/load-profile-rows';
import { readConfigFile } from '../../config/read/read-file';
import { readYaml } from '../../config/read/yaml-source';
import { UsageError } from '../shared/usage-error';

/** What a configuration says, even if it is incomplete: its models may not be written yet. */
export interface WrittenConfig {
  readonly boundary?: ResidencyBoundary;
  readonly primaryRegion?: string;
  /** The Regions that the provider itself reported for profiles, next to the configuration. */
  readonly profileRows?: readonly ProfileRow[];
  /** The whole value, whose keys may be invalid. */
  readonly raw?: unknown;
}

/** The configuration that is read if none is named. */
export const CONFIG_FILE = 'residency.yaml';

/**
 * Reads the boundary, the primary Region and the profile rows of a configuration, and leaves out what is missing.
 *
 * @param file without it, residency.yaml of the working folder if there is one
 * @throws UsageError if the file isn't YAML, or its boundary can't be read: a wider boundary is never assumed
 * @throws ConfigError if the file can't be read
 */
export function writtenConfig(file?: string): WrittenConfig {
  if (!existsSync(file ?? CONFIG_FILE)) {
    if (file === undefined) return {};
    throw new UsageError(`--config: there is no file '${file}'`);
  }
  const name = file ?? CONFIG_FILE;
  const { value, mistakes } = readYaml(readConfigFile(name, 'name another one with --config'));
  const [mistake] = mistakes;
  if (mistake !== undefined) {
    const { line, column } = mistake.position;
    throw new UsageError(`--config: ${name}:${line}:${column}: ${mistake.text}`);
  }
  const { boundary, regions } = (value ?? {}) as {
    readonly boundary?: unknown;
    readonly regions?: { readonly primary?: unknown };
  };
  const primary = regions?.primary;
  const declared = boundaryOf(name, boundary);
  return {
    boundary: declared,
    // An empty file has no boundary either.
    raw: value ?? null,
    profileRows: loadProfileRows(path.dirname(name)),
    ...(typeof primary === 'string' && { primaryRegion: primary }),
  };
}

function boundaryOf(file: string, value: unknown): ResidencyBoundary | undefined {
  if (value === undefined) return undefined;
  try {
    return ResidencyBoundary.parse([value].flat().join(','));
  } catch (error) {
    throw new UsageError(`--config: ${file}: boundary: ${(error as Error).message}`);
  }
}
