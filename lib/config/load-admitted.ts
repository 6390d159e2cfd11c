import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from './read/config-error';
import type { Draft } from './read/draft';
import { found } from './read/found';
import { located } from './read/located';
import type { Problem } from './read/problem';
import { readConfigFile } from './read/read-file';
import { checkShape } from './read/shape';
import { readYaml } from './read/yaml-source';
import { ADMITTED_FILE, ADMITTED_FORMAT, type AdmittedRow, admittedSchema } from './schema/admitted-schema';

const REMEDY = "fix it, or remove the row and run 'eu-residency facts admit' again";

/** What is wrong with the form of one row, which Bedrock's answer may bring: a row that is written must be readable. */
export const rowProblems = (row: AdmittedRow): readonly Problem[] =>
  checkShape({ format: ADMITTED_FORMAT, admitted: [row] }, admittedSchema).problems.map(({ path: at, text }) => ({
    path: at.slice(2),
    text,
  }));

/** The rows of a folder's file, whatever they say. */
export interface AdmittedFile {
  readonly rows: readonly AdmittedRow[];
  /** @throws ConfigError with these problems at their places in the file, if there are any */
  refuse(problems: readonly Problem[]): void;
}

/**
 * Reads a folder's `residency-admitted.yaml`, and checks its form only.
 *
 * @throws ConfigError with every mistake of its form, or if it has another format
 */
export function loadAdmitted(folder: string): AdmittedFile {
  const file = path.join(folder, ADMITTED_FILE);
  if (!existsSync(file)) return { rows: [], refuse: () => {} };
  const source = readYaml(readConfigFile(file, REMEDY));
  const refuse = (problems: readonly Problem[]) => {
    const mistakes = located(source, file, problems);
    if (mistakes.length > 0) throw new ConfigError(mistakes);
  };
  refuse([]);
  const format = (source.value as { readonly format?: unknown } | null)?.format;
  if (format !== undefined && format !== ADMITTED_FORMAT) {
    const text = `found ${found(format)}, a format that this version doesn't know; allowed: ${ADMITTED_FORMAT}; install the version of cdk-eu-residency that wrote the file, or a newer one`;
    refuse([{ path: ['format'], text }]);
  }
  const { problems } = checkShape<Draft>(source.value, admittedSchema, source.plainTextAt);
  refuse(problems.map(({ text, ...problem }) => ({ ...problem, text: `${text}; ${REMEDY}` })));
  return { rows: admittedSchema.parse(source.value).admitted, refuse };
}
