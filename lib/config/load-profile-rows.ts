import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ProfileRow } from '../boundary/profile-row';
import { ConfigError } from './read/config-error';
import type { Draft } from './read/draft';
import { located } from './read/located';
import { readConfigFile } from './read/read-file';
import { checkShape } from './read/shape';
import { readYaml } from './read/yaml-source';
import { PROFILE_ROWS_FILE, type ProfileRowsFile, profileRowsSchema } from './schema/profile-rows-schema';

const REMEDY = "fix it, or delete the file and run 'eu-residency facts verify --write' again";

/**
 * The rows of a folder's `residency-facts.yaml`; none when there is no such file.
 *
 * @throws ConfigError with every mistake that the file has
 */
export function loadProfileRows(folder: string): readonly ProfileRow[] {
  const file = path.join(folder, PROFILE_ROWS_FILE);
  if (!existsSync(file)) return [];
  const source = readYaml(readConfigFile(file, REMEDY));
  if (source.value === undefined) throw new ConfigError(located(source, file, []));
  const { problems } = checkShape<Draft>(source.value, profileRowsSchema);
  const mistakes = located(
    source,
    file,
    problems.map(({ text, ...problem }) => ({ ...problem, text: `${text}; ${REMEDY}` })),
  );
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const { profiles } = source.value as ProfileRowsFile;
  return profiles.map(({ from, ...row }) => ({ ...row, sourceRegion: from }));
}
