import { parseArgs } from 'node:util';
import { MEMBER_ROLES } from '../../contract/roles';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';
import { workspaceUrl } from './admin-request';

/** The command line of `members`, once it is right. */
export interface MembersCommand {
  readonly action: (typeof ACTIONS)[number];
  /** Whom it is about: a name to add, an id otherwise; none to list all. */
  readonly who?: string;
  readonly roles: readonly string[];
  /** The workspace's base URL, without `/v1`. */
  readonly url: string;
  readonly format: 'table' | 'json';
}

const ACTIONS = ['list', 'show', 'add', 'roles', 'disable', 'enable', 'sign-out', 'remove'] as const;

const OPTIONS = {
  url: { type: 'string' },
  role: { type: 'string', multiple: true },
  format: { type: 'string', default: 'table' },
} as const;

/** Reads the command line of `members`. */
export function readMembersCommand(args: readonly string[]): MembersCommand {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: OPTIONS,
  });
  const [name, who, ...others] = positionals;
  const action = ACTIONS.find((known) => known === name);
  if (action === undefined) throw new UsageError(`members takes one of: ${ACTIONS.join(', ')}`);
  const { role = [] } = values;
  const wrong = role.find((one) => !MEMBER_ROLES.some((known) => known === one));
  if (wrong !== undefined) throw new UsageError(`--role: found '${wrong}'; allowed: ${MEMBER_ROLES.join(', ')}`);
  const takesRoles = action === 'add' || action === 'roles';
  if (takesRoles && role.length === 0) {
    throw new UsageError(`in which role? add --role ROLE to members ${action}, several times for several`);
  }
  if (!takesRoles && role.length > 0) throw new UsageError(`members ${action} takes no --role; leave it out`);
  if (action === 'list' ? who !== undefined : others.length > 0) {
    throw new UsageError(`members ${action} takes ${action === 'list' ? 'options' : 'one member'} only`);
  }
  if (action !== 'list' && who === undefined) {
    throw new UsageError(
      action === 'add'
        ? 'whom? members add takes the name that they sign in as'
        : `whom? members ${action} takes an id; 'eu-residency members list' shows it`,
    );
  }
  return {
    action,
    who,
    roles: [...new Set(role)],
    url: workspaceUrl(values.url),
    format: oneOf('--format', values.format, ['table', 'json']),
  };
}
