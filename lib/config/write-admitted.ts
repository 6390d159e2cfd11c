import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { ADMITTED_FILE, ADMITTED_FORMAT, type AdmittedRow } from './schema/admitted-schema';

const HEAD = `# Models and profiles that no release of the facts knows. Each row is Bedrock's own answer in this account, written by
# 'eu-residency facts admit', and the word of the people that it names. Only Regions inside the boundary count, and each deployment asks
# Bedrock again. Review a change of this file like code.
`;

/**
 * Writes a row into a folder's `residency-admitted.yaml`, in place of an older one of the same id and Region.
 *
 * @param former the rows in the file
 * @returns the path of the file
 */
export function writeAdmitted(folder: string, former: readonly AdmittedRow[], row: AdmittedRow): string {
  const file = path.join(folder, ADMITTED_FILE);
  const byPair = new Map([...former, row].map((one) => [`${one.id} ${one.from}`, one]));
  const admitted = [...byPair.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  // A concurrent reader sees the old file or the new one, never a part of it.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, HEAD + stringify({ format: ADMITTED_FORMAT, admitted }, { lineWidth: 0 }));
  renameSync(draft, file);
  return file;
}
