import type { Forge } from '../../runtime/workspace/identity/support/forge';
import type { ScimTokens, Sender, Sent } from '../target';

/** The people of the workspace `sciences`, by their IDs. */
export const PEOPLE = {
  member: ['member'],
  otherMember: ['member'],
  admin: ['admin'],
  auditor: ['auditor'],
  held: ['member'],
  erased: ['member'],
} as const;

/** A token of a person, valid at a time. */
export function tokenOf(forge: Forge, id: string, roles: readonly string[], now: number, claims: object = {}): string {
  const { groupsClaim, groups } = forge.policy;
  const held = roles.map((role) => groups[role as keyof typeof groups][0]);
  const at = Math.floor(now / 1_000);
  return forge.token({
    claims: { sub: id, [groupsClaim]: held, iat: at, auth_time: at, exp: at + 300, ...claims },
  });
}

/** The headers of a request with the credential of its sender, unless it has its own. */
export function headersOf(
  { as = 'otherMember', by, headers = [], body }: Sent,
  { forge, keys, scim, now }: { forge: Forge; keys: Readonly<Record<string, string>>; scim: ScimTokens; now: number },
): readonly (readonly [string, string])[] {
  const type = headers.some(([name]) => /^content-type$/i.test(name)) || body === undefined ? [] : [JSON_TYPE];
  const credential = typeof by === 'string' ? by : `Bearer ${by ? tokenOf(forge, by.id, by.roles, now) : ofSender(as)}`;
  const hasNone = as === 'none' || credential === '' || (as === 'operator' && by === undefined);
  return [...type, ...(hasNone ? [] : [['Authorization', credential] as const]), ...headers];

  function ofSender(sender: Sender): string {
    if (sender === 'project') return keys.batch ?? '';
    if (sender === 'otherProject') return keys.other ?? '';
    if (sender === 'scim') return scim.own;
    if (sender === 'officeMember') return tokenOf(forge, 'member', ['member'], now, { aud: 'office' });
    if (sender === 'officeAdmin') return tokenOf(forge, 'admin', ['admin'], now, { aud: 'office' });
    return sender === 'none' || sender === 'operator' ? '' : tokenOf(forge, sender, PEOPLE[sender], now);
  }
}

const JSON_TYPE = ['Content-Type', 'application/json'] as const;

/** The body as it is sent. */
export const bytesOf = ({ body }: Sent): string | Buffer | undefined =>
  body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);

/** Whether a request goes to the API of projects. */
export const isToProjects = ({ as }: Sent): boolean => as === 'project' || as === 'otherProject' || as === 'operator';

/** Whether a request goes to the workspace whose users and groups come by SCIM. */
export const isToCampus = ({ as, to, path }: Sent): boolean =>
  as === 'scim' || to === 'campus' || path.startsWith('/scim/');
