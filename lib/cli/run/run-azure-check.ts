import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadAzureChecks } from '../../config/load-azure-checks';
import { loadDeclaredProviders } from '../../config/load-declared-providers';
import { writeAzureCheck } from '../../config/write-azure-checks';
import { readAzureCheck } from '../doctor/azure-check';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';

const OPTIONS = {
  config: { type: 'string', default: 'residency.yaml' },
  azure: { type: 'string' },
  'azure-account': { type: 'string' },
} as const;

/** Runs `doctor --azure`, which only reads files and writes a check result; the exit code. */
export function runAzureCheck(args: readonly string[], now: Date = new Date()): number {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { config, azure: deployment, 'azure-account': account } = values;
  if (deployment === undefined || account === undefined) {
    throw new UsageError(
      'doctor --azure needs two files: --azure with the deployment, and --azure-account with its resource, whose Region it names',
    );
  }
  const folder = path.dirname(config);
  const check = readAzureCheck({ deployment, account }, loadDeclaredProviders(config), now);
  const file = writeAzureCheck(folder, loadAzureChecks(folder), check);
  print(
    `Azure reports SKU ${check.sku} and model ${check.model} of deployment '${check.name}' of '${check.provider}' in ${check.region}; saved in ${file}`,
  );
  return 0;
}
