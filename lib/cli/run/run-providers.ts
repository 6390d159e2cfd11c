import type { DepartureKind, LeftState } from '../../contract/provider-state';
import { explained } from '../deployed/table-errors';
import { type ProvidersCommand, readProvidersCommand } from '../providers/providers-options';
import { PROVIDER_OUTPUTS, registryOf } from '../providers/registry-of';
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

const WHY: Readonly<Record<DepartureKind, string>> = {
  key: 'it refused the key or the account',
  access: 'it refused access',
  certificate: 'its certificate is not trusted',
  drill: 'a drill takes it out of use',
};

const lineOf = ({ name, at, kind, refusals, models }: LeftState) =>
  `${name}  out of use since ${at}: ${WHY[kind]}` +
  (kind === 'drill' ? '' : ` (${refusals} consecutive refusals; called: ${models.join(', ') || 'unknown'})`);
