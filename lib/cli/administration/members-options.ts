import { parseArgs } from 'node:util';
import { MEMBER_ROLES } from '../../contract/roles';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';
import { workspaceUrl } from './admin-request';

/** A valid command line of `members`. */
export interface MembersCommand {
  readonly action: (typeof ACTIONS)[number];
  /** The member: a name for `add`, otherwise an id; none for `list`. */
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
    throw new UsageError(`--role is missing; add --role ROLE to members ${action}, repeated for several roles`);
  }
  if (!takesRoles && role.length > 0) throw new UsageError(`members ${action} takes no --role; omit it`);
  if (action === 'list' ? who !== undefined : others.length > 0) {
    throw new UsageError(`members ${action} takes ${action === 'list' ? 'options' : 'one member'} only`);
  }
  if (action !== 'list' && who === undefined) {
    throw new UsageError(
      action === 'add'
        ? 'the name is missing; members add takes the name that the user signs in with'
        : `the id is missing; members ${action} takes the id of a member, which 'eu-residency members list' shows`,
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
