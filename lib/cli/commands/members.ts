import { columns } from '../../report/columns';
import { type AdminRequest, adminToken, askAdmin, type Shown } from '../administration/admin-request';
import { type MembersCommand, readMembersCommand } from '../administration/members-options';

export const MEMBERS_USAGE = `eu-residency members list --url URL                                 who has a role in a workspace
eu-residency members show|disable|enable|sign-out|remove ID --url URL
eu-residency members add NAME --role ROLE --url URL                 gives somebody roles; prints the first password of who is new
eu-residency members roles ID --role ROLE --url URL                 these roles, and no others
    --url URL                     the workspace's base URL
    --role member|admin|auditor   several times for several
    --format table|json           default: table
  EU_RESIDENCY_TOKEN              the token of an administrator of the workspace
  standard output: the members; what changes holds within 60 seconds, and where it is decided by an identity provider, this says so
  exit code 0: done; 2: refused`;

/** Runs `members`; the exit code. */
export async function members(args: readonly string[]): Promise<number> {
  const command = readMembersCommand(args);
  const token = adminToken();
  if (command.action === 'list') return list(command, token);
  const found = await askAdmin(command.url, asked(command), token);
  console.log(command.format === 'json' ? JSON.stringify(found) : table([found]));
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
  console.log(format === 'json' ? JSON.stringify({ data: found }) : table(found));
  return 0;
}

function asked({ action, who = '', roles }: MembersCommand): AdminRequest {
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

/** A line for each, and below them what somebody is told once. */
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
  return [...columns([['id', 'name', 'roles', 'state'], ...rows]), ...secrets].join('\n');
}
