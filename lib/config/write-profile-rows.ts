import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { ProfileRow } from '../boundary/profile-row';
import { PROFILE_ROWS_FILE, written } from './schema/profile-rows-schema';

const HEAD = `# The Regions that Bedrock itself reported for inference profiles, written by 'eu-residency facts verify --write'.
# A Region that is listed here but not in the package's facts also counts. One outside the boundary stops the synthesis.
# Nothing here allows what the facts refuse.
`;

/**
 * Writes rows into a folder's `residency-facts.yaml`, in place of older ones of the same profile and Region.
 *
 * @param former the rows in the file
 * @returns the path of the file
 */
export function writeProfileRows(folder: string, former: readonly ProfileRow[], rows: readonly ProfileRow[]): string {
  const file = path.join(folder, PROFILE_ROWS_FILE);
  const byPair = new Map([...former, ...rows].map((row) => [`${row.id} ${row.sourceRegion}`, row]));
  const profiles = [...byPair.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => written(row));
  // A concurrent reader sees the old file or the new one, never a part of it.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, HEAD + stringify({ profiles }, { lineWidth: 0 }));
  renameSync(draft, file);
  return file;
}
