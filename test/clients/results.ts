import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from './client';
import type { Comparison } from './compare';

/** What the last complete run found out about a client, for both tenants together. */
export interface Result {
  readonly client: string;
  readonly version: string;
  /** The number of operations that succeeded; one that both tenants do counts twice. */
  readonly passed: number;
  /** The number of operations that were refused as documented. */
  readonly refused: number;
  /** Their names. */
  readonly refusals: readonly string[];
  readonly failed: number;
}

const FILE = path.join(__dirname, 'results.json');

export const readResults = (): Result[] => JSON.parse(readFileSync(FILE, 'utf8'));
export const writeResults = (results: readonly Result[]): void =>
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);

/** The result of a client, from that of each tenant. */
export const resultOf = (client: Client, compared: readonly Comparison[]): Result => ({
  client: client.name,
  version: versionOf(client),
  passed: compared.reduce((sum, { passed }) => sum + passed.length, 0),
  refused: compared.reduce((sum, { refused }) => sum + refused.length, 0),
  refusals: [...new Set(compared.flatMap(({ refused }) => refused))],
  failed: compared.reduce((sum, { failed }) => sum + failed.length, 0),
});

/** The version of a client: the locked one of its package, or that of the program whose requests are repeated. */
export function versionOf({ version, lock }: Client): string {
  if ('requestsOf' in version) return version.requestsOf;
  const name = version.of;
  const found =
    lock === undefined
      ? read('package.json').dependencies[name]
      : new RegExp(`^${name}==(\\S+)`, 'm').exec(
          readFileSync(path.join(__dirname, 'python', `${lock}.txt`), 'utf8'),
        )?.[1];
  if (found === undefined) throw new Error(`test/clients: no lock has the package '${name}'; add it to its lock`);
  return found;
}

const read = (file: string) => JSON.parse(readFileSync(path.join(__dirname, file), 'utf8'));
