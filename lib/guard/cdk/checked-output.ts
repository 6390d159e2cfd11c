import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Digests of the files that decide what is deployed, by absolute path. */
export type OutputDigests = ReadonlyMap<string, string>;

/** Files about constructs and findings, which the CLI deploys nothing from; the CDK writes some of them after validation. */
const REPORTS = /^tree\.json$|validation-report\.json$|\.metadata\.json$/;

/** The digests of the manifests, templates and lists of assets in a cloud assembly, and in the nested ones. */
export const digestsOf = (folder: string): OutputDigests =>
  new Map(filesIn(folder).map((file) => [file, digestOf(file)]));

/** The files that differ from what was checked. A file that is gone deploys nothing, and no manifest that was checked names a new one. */
export const changedFiles = (checked: OutputDigests): string[] =>
  [...checked].filter(([file, digest]) => existsSync(file) && digestOf(file) !== digest).map(([file]) => file);

const digestOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.resolve(folder, entry.name);
    if (entry.isDirectory()) return entry.name.startsWith('assembly-') ? filesIn(file) : [];
    return entry.name.endsWith('.json') && !REPORTS.test(entry.name) ? [file] : [];
  });
}
