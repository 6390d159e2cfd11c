import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ResidencyBoundary } from '../../boundary/boundary';
import { readYaml } from '../../config/read/yaml-source';
import { withRelease } from '../../config/release/pinned-keys';
import { UsageError } from '../shared/usage-error';

/** What a configuration says, even if it is incomplete: its models may not be written yet. */
export interface WrittenConfig {
  readonly boundary?: ResidencyBoundary;
  readonly primaryRegion?: string;
}

const DEFAULT = 'residency.yaml';

/**
 * Reads the boundary and the primary Region of a configuration, and leaves out what is missing.
 *
 * @param file without it, residency.yaml of the working folder if there is one
 * @throws UsageError if the file isn't YAML, or its boundary can't be read: a wider boundary is never assumed
 */
export function writtenConfig(file?: string): WrittenConfig {
  if (!existsSync(file ?? DEFAULT)) {
    if (file === undefined) return {};
    throw new UsageError(`--config: there is no file '${file}'`);
  }
  const name = file ?? DEFAULT;
  const { value, mistakes } = readYaml(readFileSync(name, 'utf8'));
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
    boundary: declared && withRelease(declared, value, path.dirname(name)),
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
