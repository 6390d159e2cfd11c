import { columns } from '../../report/columns';
import { type AdminRequest, adminToken, askAdmin, type Shown } from '../administration/admin-request';
import { type MembersCommand, readMembersCommand } from '../administration/members-options';
import type { CommandHelp } from '../help/command-help';
import { print } from '../shared/print';
import { tableWidth } from '../shared/table-width';

export const MEMBERS_HELP: CommandHelp = {
  summary: 'List and administer the members of a workspace',
  usage: [
    ['members list --url URL', 'all users with a role in the workspace'],
    ['members show ID --url URL', 'one member'],
    ['members add NAME --role ROLE --url URL', 'grant roles to a user; for a new user, print a temporary password'],
    ['members roles ID --role ROLE --url URL', "replace a member's roles"],
    ['members disable ID --url URL', 'block a member'],
    ['members enable ID --url URL', 'unblock a member'],
    ['members sign-out ID --url URL', "end a member's earlier sign-ins"],
    ['members remove ID --url URL', "remove a member; in the workspace's own pool, delete the user"],
  ],
  options: [
    ['--url URL', 'base URL of the workspace'],
    ['--role ROLE', 'member, admin or auditor; repeat it for several'],
    ['--format table|json', 'default: table'],
  ],
  environment: [['EU_RESIDENCY_TOKEN', 'ID token of an administrator of the workspace']],
  notes: ['A change applies within 60 seconds. If an identity provider decides instead, the output says so.'],
  examples: ['members add ada@example.eu --role member --url $URL'],
  exitCodes: [
    [0, 'success'],
    [2, 'the workspace refused the request, or the command line is invalid'],
  ],
};

/** Runs `members`; the exit code. */
export async function members(args: readonly string[]): Promise<number> {
  const command = readMembersCommand(args);
  const token = adminToken();
  if (command.action === 'list') return list(command, token);
  const found = await askAdmin(command.url, requestOf(command), token);
  print(command.format === 'json' ? JSON.stringify(found) : table([found]));
  return 0;
}

async function list({ url, format }: MembersCommand, token: string): Promise<number> {
  const found: Shown[] = [];
  let next = '';
  do {
    const after = next === '' ? '' : `&after=${encodeURIComponent(next)}`;
    const page = await askAdmin(url, { method: 'GET', path: `members?limit=60${after}` }, token);
    found.push(...(page.data as Shown[]));
    next = `${page.next ?? ''}`;
  } while (next !== '');
  print(format === 'json' ? JSON.stringify({ data: found }) : table(found));
  return 0;
}

function requestOf({ action, who = '', roles }: MembersCommand): AdminRequest {
  const path = `members/${encodeURIComponent(who)}` as const;
  switch (action) {
    case 'add':
      return { method: 'POST', path: 'members', body: { name: who, roles } };
    case 'roles':
      return { method: 'POST', path: `${path}/roles`, body: { roles } };
    case 'remove':
      return { method: 'DELETE', path };
    case 'show':
      return { method: 'GET', path };
    default:
      return { method: 'POST', path: `${path}/${action}` };
  }
}

/** A row per member, and below them the secrets that are shown once. */
function table(found: readonly Shown[]): string {
  const rows = found.map(({ id, name, roles, deleted, enabled, invited }) => [
    `${id}`,
    `${name ?? ''}`,
    Array.isArray(roles) ? roles.join(', ') : '',
    deleted === true ? 'removed' : enabled === false ? 'disabled' : invited === true ? 'invited' : 'enabled',
  ]);
  const secrets = found.flatMap((one) =>
    Object.entries(one)
      .filter(([name]) => name === 'temporary_password' || name === 'development_token')
      .map(([name, value]) => `${name}  ${value}`),
  );
  return [...columns([['id', 'name', 'roles', 'state'], ...rows], tableWidth()), ...secrets].join('\n');
}
