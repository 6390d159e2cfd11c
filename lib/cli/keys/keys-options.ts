import { parseArgs } from 'node:util';
import { UsageError } from '../shared/usage-error';
import { readSecretCommand, SECRET_OPTIONS, type SecretCommand, type SecretCommandForm } from './secret-command';

/** A valid command line of `keys`. */
export interface KeysCommand extends Omit<SecretCommand, 'tenant'> {
  readonly project: string;
  readonly label?: string;
}

const FORM: SecretCommandForm = {
  command: 'keys',
  secret: 'key',
  kind: 'deployment',
  tenant: 'project',
  mostDays: 3_650,
  example: '90d',
  onlyFor: { label: ['create'], expires: ['create', 'rotate'], overlap: ['rotate'] },
};

/** Reads the command line of `keys`. */
export function readKeysCommand(args: readonly string[]): KeysCommand {
  const options = { ...SECRET_OPTIONS, project: { type: 'string' }, label: { type: 'string' } } as const;
  const parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  const { tenant, ...rest } = readSecretCommand(FORM, parsed);
  const { label } = parsed.values;
  if (label !== undefined && !/^\S(?:.{0,198}\S)?$/.test(label)) {
    throw new UsageError('--label: allowed: one line of at most 200 characters');
  }
  return { ...rest, project: tenant, label };
}
