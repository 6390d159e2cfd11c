import type { DeclaredProvider } from '../boundary/declared-provider';
import { declaredIn } from './checks/declared-providers';
import { ConfigError } from './read/config-error';
import { located } from './read/located';
import { readConfigFile } from './read/read-file';
import { checkShape } from './read/shape';
import { readYaml } from './read/yaml-source';
import { residencySchema } from './schema/schema';

/**
 * The providers outside AWS that a `residency.yaml` declares. Nothing else in the file is checked: a project that needs a check result of a
 * deployment must not keep it from being read.
 *
 * @throws ConfigError if the file can't be read, or declares providers in another form
 */
export function loadDeclaredProviders(file: string): DeclaredProvider[] {
  const source = readYaml(
    readConfigFile(file, "name another one, or create it; the smallest content is 'boundary: eu'"),
  );
  if (source.value === undefined) throw new ConfigError(located(source, file, []));
  const { draft, problems } = checkShape(source.value, residencySchema, source.plainTextAt);
  const mistakes = located(
    source,
    file,
    problems.filter(({ path }) => path[0] === 'providers'),
  );
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return declaredIn(draft, []);
}
