import { parseArgs } from 'node:util';
import { monthTokensIn, monthUsdIn } from '../shared/budget-options';
import { UsageError } from '../shared/usage-error';
import { readSecretCommand, SECRET_OPTIONS, type SecretCommand, type SecretCommandForm } from './secret-command';

/** A valid command line of `keys`. */
export interface KeysCommand extends Omit<SecretCommand, 'tenant'> {
  readonly project: string;
  readonly label?: string;
  /** The key's own budget of a calendar month. */
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
}

const FORM: SecretCommandForm = {
  command: 'keys',
  secret: 'key',
  kind: 'deployment',
  tenant: 'project',
  mostDays: 3_650,
  example: '90d',
  onlyFor: {
    label: ['create'],
    'tokens-per-month': ['create'],
    'usd-per-month': ['create'],
    expires: ['create', 'rotate'],
    overlap: ['rotate'],
  },
};

const OPTIONS = {
  ...SECRET_OPTIONS,
  project: { type: 'string' },
  label: { type: 'string' },
  'tokens-per-month': { type: 'string' },
  'usd-per-month': { type: 'string' },
} as const;

/** Reads the command line of `keys`. */
export function readKeysCommand(args: readonly string[]): KeysCommand {
  const parsed = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const { tenant, ...rest } = readSecretCommand(FORM, parsed);
  const { label, 'tokens-per-month': tokens, 'usd-per-month': usd } = parsed.values;
  if (label !== undefined && !/^\S(?:.{0,198}\S)?$/.test(label)) {
    throw new UsageError('--label: allowed: one line of at most 200 characters');
  }
  return {
    ...rest,
    project: tenant,
    label,
    tokensPerMonth: tokens === undefined ? undefined : monthTokensIn(tokens),
    usdPerMonth: usd === undefined ? undefined : monthUsdIn(usd),
  };
}
