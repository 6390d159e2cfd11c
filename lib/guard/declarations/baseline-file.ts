import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isDeeperThan, MOST_LEVELS } from '../template/nesting';
import type { Baseline, BaselineRow } from './baseline';

const HEADER =
  'Findings that existed when the guard was introduced; only others block. Written by eu-residency check --write-baseline.';

/**
 * Reads a baseline.
 *
 * @throws if the file doesn't exist, or `--write-baseline` didn't write it
 */
export function readBaseline(file: string): Baseline {
  return { file, rows: rowsOf(file, textOf(file)) };
}

/** The rows of a baseline file that may not exist yet. */
export function readOldRows(file: string): readonly BaselineRow[] | undefined {
  return existsSync(file) ? readBaseline(file).rows : undefined;
}

/** Writes a baseline with one row per line, so that a diff shows the removed and added findings. */
export function writeBaseline(file: string, rows: readonly BaselineRow[]): void {
  const lines = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const list = rows.length === 0 ? '[]' : `[\n${lines}\n  ]`;
  writeFileSync(file, `{\n  "about": ${JSON.stringify(HEADER)},\n  "version": 1,\n  "findings": ${list}\n}\n`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT' ? "the file doesn't exist; write it with '--write-baseline'" : `can't be read (${code})`;
    throw new Error(`${file}: ${why}`);
  }
}

function rowsOf(file: string, text: string): BaselineRow[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file}: isn't JSON, so it isn't a baseline: ${(error as Error).message}`);
  }
  if (isDeeperThan(value, MOST_LEVELS)) {
    throw new Error(
      `${file}: nested more than ${MOST_LEVELS} levels deep, so it isn't a baseline; '--write-baseline' writes one`,
    );
  }
  const { version, findings } = (value ?? {}) as { version?: unknown; findings?: unknown };
  if (!Array.isArray(findings)) {
    throw new Error(`${file}: isn't a baseline, because it has no list 'findings'; '--write-baseline' writes one`);
  }
  if (version !== 1) throw new Error(`${file}: version: found ${JSON.stringify(version)}; allowed: 1`);
  for (const [index, row] of findings.entries()) {
    const wrong = problemIn(row);
    if (wrong !== undefined) throw new Error(`${file}: findings[${index}]${wrong}`);
  }
  return findings;
}

const KEYS: Readonly<Record<string, 'string' | 'number'>> = {
  rule: 'string',
  stack: 'string',
  id: 'string',
  type: 'string',
  path: 'string',
  value: 'string',
  hash: 'string',
  count: 'number',
  reason: 'string',
  expires: 'string',
};

function problemIn(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null) return `: found ${JSON.stringify(row)}; allowed: a mapping`;
  const fields = row as Record<string, unknown>;
  for (const key of ['rule', 'stack']) if (fields[key] === undefined) return `.${key}: is missing`;
  for (const [key, value] of Object.entries(fields)) {
    const type = KEYS[key];
    if (type === undefined) return `.${key}: isn't a key of a row; allowed: ${Object.keys(KEYS).join(', ')}`;
    if (typeof value !== type) return `.${key}: found ${JSON.stringify(value)}; allowed: a ${type}`;
  }
  const { count, expires } = fields;
  if (count !== undefined && !(Number.isInteger(count) && (count as number) > 0)) {
    return `.count: found ${count}; allowed: a whole number of at least 1`;
  }
  if (expires !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(expires as string)) {
    return `.expires: found '${expires}'; allowed: a date such as 2027-06-30`;
  }
  return undefined;
}
