import type { ResidencyBoundary } from '../../boundary/boundary';
import { withLayers } from '../../boundary/facts-of';
import { ConfigError } from '../read/config-error';
import { valueAt } from '../read/draft';
import { located } from '../read/located';
import { readConfigFile } from '../read/read-file';
import { checkShape } from '../read/shape';
import { readYaml } from '../read/yaml-source';
import { factsKeys } from '../schema/facts-keys';
import { releaseLayer } from './release-layer';
import type { PinnedKeys } from './trusted-keys';

/**
 * The keys that a `residency.yaml` pins; none if it pins none. Nothing else of the file needs to be valid: the release to accept may
 * be what its models wait for.
 *
 * @throws ConfigError if the keys are invalid
 */
export function readPinnedKeys(file: string): PinnedKeys | undefined {
  const source = readYaml(
    readConfigFile(file, "a facts release is accepted next to a configuration; name it with '--config FILE'"),
  );
  const problems = checkShape(source.value ?? {}, undefined, source.plainTextAt).problems;
  const mistakes = located(
    source,
    file,
    problems.filter(({ path }) => path[0] === 'factsKeys'),
  );
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return factsKeys.optional().parse(valueAt(source.value, ['factsKeys']));
}

/**
 * A boundary that decides by the facts release of its folder as well.
 *
 * @param raw the value of the configuration. Its keys may be invalid, which is reported elsewhere; then no release is read
 * @throws ConfigError if the folder has files of a release that can't be trusted
 */
export function withRelease(boundary: ResidencyBoundary, raw: unknown, folder: string): ResidencyBoundary {
  const keys = factsKeys.optional().safeParse(valueAt(raw, ['factsKeys']));
  const layer = keys.success ? releaseLayer(folder, keys.data) : undefined;
  return withLayers(boundary, layer === undefined ? [] : [layer]);
}
