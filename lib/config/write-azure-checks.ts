import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { AzureCheck } from '../boundary/declared-provider';
import { AZURE_CHECKS_FILE } from './schema/azure-checks-schema';

const HEAD = `# The deployments of models that Azure itself reported, written by 'eu-residency doctor --azure'.
# A deployment in residency.yaml that differs is refused. One that isn't here, or is too old, serves no project.
`;

/**
 * Writes a check result into a folder's `residency-azure.yaml`, in place of an older one of the same deployment.
 *
 * @param former the check results in the file
 * @returns the path of the file
 */
export function writeAzureCheck(folder: string, former: readonly AzureCheck[], check: AzureCheck): string {
  const file = path.join(folder, AZURE_CHECKS_FILE);
  const byName = new Map([...former, check].map((one) => [`${one.provider} ${one.name}`, one]));
  const deployments = [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  // A concurrent reader sees the old file or the new one, never a part of it.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, HEAD + stringify({ deployments }, { lineWidth: 0 }));
  renameSync(draft, file);
  return file;
}
