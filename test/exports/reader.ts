import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const READER = path.join(__dirname, 'read_export.py');

/** What the reader in Python says of an export. */
export interface Summary {
  readonly version: number;
  readonly user: string;
  readonly workspace: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly said: readonly (readonly [conversation: string, generated: boolean | null, texts: readonly string[]])[];
  /** The texts of each response's input and output. */
  readonly asked: readonly (readonly string[])[];
  readonly answered: readonly (readonly string[])[];
  readonly files: readonly (readonly [name: string, sha256: string])[];
  readonly prompts: readonly string[];
  readonly folders: Readonly<Record<string, readonly Record<string, unknown>[]>> | null;
}

const folder = mkdtempSync(path.join(tmpdir(), 'exports-'));
let count = 0;

/** Deletes what was unpacked. */
export const cleanUp = (): void => rmSync(folder, { recursive: true });

/** Stores an archive, and returns its file. */
export function stored(archive: Buffer): string {
  const file = path.join(folder, `${++count}.tar`);
  writeFileSync(file, archive);
  return file;
}

/** Unpacks an archive with the system's tar, and returns the folder. */
export function unpackedIn(archive: Buffer): string {
  const target = path.join(folder, `${++count}`);
  mkdirSync(target);
  execFileSync('tar', ['-xf', '-', '-C', target], { input: archive });
  return target;
}

/** @throws if the reader refuses the export */
export function summaryOf(archive: Buffer): Summary {
  const args = [READER, stored(archive), '--all'];
  return JSON.parse(
    execFileSync('python3', args, { encoding: 'utf8', maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}

/** Why the reader refuses an export; empty if it doesn't. */
export const refusalOf = (archive: Buffer): string =>
  spawnSync('python3', [READER, stored(archive)], { encoding: 'utf8', maxBuffer: 2 ** 28 }).stderr.trim();
