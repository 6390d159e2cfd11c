import { parseArgs } from 'node:util';
import { readSecretCommand, SECRET_OPTIONS, type SecretCommand, type SecretCommandForm } from '../keys/secret-command';

/** A valid command line of `scim`. */
export interface ScimCommand extends Omit<SecretCommand, 'tenant'> {
  readonly workspace: string;
  readonly expiresMs: number;
}

const YEAR_MS = 365 * 86_400_000;

const FORM: SecretCommandForm = {
  command: 'scim',
  secret: 'token',
  kind: 'scim',
  tenant: 'workspace',
  // A token that is never changed would stay valid with a former employee.
  mostDays: 730,
  example: '365d',
  onlyFor: { expires: ['create', 'rotate'], overlap: ['rotate'] },
};

/** Reads the command line of `scim`. */
export function readScimCommand(args: readonly string[]): ScimCommand {
  const options = { ...SECRET_OPTIONS, workspace: { type: 'string' } } as const;
  const {
    tenant,
    expiresMs = YEAR_MS,
    ...rest
  } = readSecretCommand(FORM, parseArgs({ args: [...args], allowPositionals: true, options }));
  return { ...rest, workspace: tenant, expiresMs };
}
