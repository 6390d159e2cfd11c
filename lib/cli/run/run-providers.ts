import type { LeftState } from '../../contract/provider-state';
import { explained } from '../deployed/table-errors';
import { PROVIDER_OUTPUTS } from '../providers/provider-outputs';
import { type ProvidersCommand, readProvidersCommand } from '../providers/providers-options';
import { registryOf } from '../providers/registry-of';
import { whyLeft } from '../providers/why-left';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';

/** Runs `providers`; the exit code. */
export async function runProviders(args: readonly string[]): Promise<number> {
  const command = readProvidersCommand(args);
  try {
    if (command.action === 'list') await list(command);
    else await readmit(command);
  } catch (error) {
    if ((error as Error).name === 'RegistryConflict') throw new UsageError((error as Error).message);
    throw explained(error, PROVIDER_OUTPUTS.role);
  }
  return 0;
}

async function list({ place, format }: ProvidersCommand): Promise<void> {
  const out = await (await registryOf(place)).list();
  if (format === 'json') print(JSON.stringify({ data: out }));
  else if (out.length > 0) print(out.map(lineOf).join('\n'));
  else printError('no provider is out of use');
}

async function readmit({ place, format, ...command }: Extract<ProvidersCommand, { action: 'readmit' }>): Promise<void> {
  const { name, reason } = command;
  const readmission = await (await registryOf(place)).readmit(name, new Date(), reason);
  if (format === 'json') print(JSON.stringify(readmission));
  else
    print(
      `'${name}' has been readmitted; gateways use it within 60 seconds, and take it out of use again if it still refuses them`,
    );
}

const lineOf = (left: LeftState) => `${left.name}  ${whyLeft(left)}`;
