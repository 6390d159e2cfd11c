import type { Declarations } from '../guard/declarations/declarations';
import { ConfigError } from './read/config-error';
import type { Partly } from './read/draft';
import { located } from './read/located';
import { readConfigFile } from './read/read-file';
import { checkShape } from './read/shape';
import { readYaml } from './read/yaml-source';
import { readDeclared } from './read-declarations';
import { type DeclarationsFile, declarationsSchema } from './schema/declarations-schema';

/**
 * Reads and checks a `residency-exceptions.yaml`.
 *
 * @param file its path; messages show it as given
 * @throws ConfigError with every mistake that the file has
 */
export function loadDeclarations(file: string): Declarations {
  return readDeclarations(
    readConfigFile(file, "name a file with 'exceptions', 'places' or 'boundaries', or none"),
    file,
  );
}

/**
 * Checks the text of a `residency-exceptions.yaml`.
 *
 * @param file its name in messages
 * @throws ConfigError with every mistake that the text has
 */
export function readDeclarations(text: string, file: string): Declarations {
  const source = readYaml(text);
  if (source.value === undefined) throw new ConfigError(located(source, file, []));
  const { draft, problems } = checkShape<Partly<DeclarationsFile>>(
    source.value,
    declarationsSchema,
    source.plainTextAt,
  );
  const lineOf = (path: readonly PropertyKey[]) => source.positionOf(path).line;
  const read = readDeclared({ raw: source.value, draft, problems, file, lineOf });
  const mistakes = located(source, file, read.problems);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return read.declarations;
}
