import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AzureCheck } from '../boundary/declared-provider';
import { ConfigError } from './read/config-error';
import type { Draft } from './read/draft';
import { located } from './read/located';
import { readConfigFile } from './read/read-file';
import { checkShape } from './read/shape';
import { readYaml } from './read/yaml-source';
import { AZURE_CHECKS_FILE, type AzureChecksFile, azureChecksSchema } from './schema/azure-checks-schema';

const REMEDY = "fix it, or delete the file and run 'eu-residency doctor --azure' again";

/**
 * The check results of a folder's `residency-azure.yaml`; none when there is no such file.
 *
 * @throws ConfigError with every mistake that the file has
 */
export function loadAzureChecks(folder: string): readonly AzureCheck[] {
  const file = path.join(folder, AZURE_CHECKS_FILE);
  if (!existsSync(file)) return [];
  const source = readYaml(readConfigFile(file, REMEDY));
  if (source.value === undefined) throw new ConfigError(located(source, file, []));
  const { problems } = checkShape<Draft>(source.value, azureChecksSchema);
  const mistakes = located(
    source,
    file,
    problems.map(({ text, ...problem }) => ({ ...problem, text: `${text}; ${REMEDY}` })),
  );
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return (source.value as AzureChecksFile).deployments;
}
