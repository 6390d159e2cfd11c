import { ATTACKS, type Attack, as } from './attacks';
import type { Forge } from './forge';

const MEMBERS = '/admin/v1/members';

/** The ids of a member of another workspace in the same pool, and of no user. */
export const ELSEWHERE = 'sub-of-olga';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

type Role = 'member' | 'admin' | 'auditor';

const acting = (forge: Forge, role: Role, attack: Partial<Attack>): Attack => ({
  path: MEMBERS,
  status: 403,
  ...attack,
  headers: [['Authorization', `Bearer ${as(forge, forge.policy.groups[role][0] ?? '')}`], ...(attack.headers ?? [])],
});

/** Every request of the administration, by its name. */
const WAYS: Readonly<Record<string, Pick<Attack, 'method' | 'path' | 'body'>>> = {
  list: { path: MEMBERS },
  show: { path: `${MEMBERS}/${UNKNOWN}` },
  add: { method: 'POST', path: MEMBERS, body: { name: 'mallory', roles: ['admin'] } },
  'set roles': { method: 'POST', path: `${MEMBERS}/${UNKNOWN}/roles`, body: { roles: ['admin'] } },
  disable: { method: 'POST', path: `${MEMBERS}/${UNKNOWN}/disable` },
  enable: { method: 'POST', path: `${MEMBERS}/${UNKNOWN}/enable` },
  'sign out': { method: 'POST', path: `${MEMBERS}/${UNKNOWN}/sign-out` },
  remove: { method: 'DELETE', path: `${MEMBERS}/${UNKNOWN}` },
};

/**
 * The token attacks, on a path of the administration. Their tokens are refused there too. The attacks with an administrator's token
 * are left out.
 */
export const tokenAttacks = (path: string) =>
  Object.entries(ATTACKS)
    .filter(([name]) => !/^an admin at|^a method override/.test(name))
    .map(([name, make]) => {
      const at = (forge: Forge): Attack => {
        const { headers, context, status } = make(forge);
        return { headers, context, path, status: status === 401 ? 401 : 403 };
      };
      return [`with ${name}`, at] as const;
    });

const BY_ROLE = (['member', 'auditor'] as const).flatMap((role) =>
  Object.entries(WAYS).map(
    ([way, attack]) => [`${role} would ${way}`, (forge: Forge) => acting(forge, role, attack)] as const,
  ),
);

/** An administrator can't reach a member of another workspace: the answer is that for an unknown id. */
const BY_ID = Object.entries(WAYS)
  .filter(([, { path }]) => path?.includes(UNKNOWN))
  .flatMap(([way, attack]) =>
    [ELSEWHERE, UNKNOWN].map(
      (id) =>
        [
          `an admin would ${way} ${id === UNKNOWN ? 'a guessed id' : "another workspace's member"}`,
          (forge: Forge) => acting(forge, 'admin', { ...attack, path: attack.path?.replace(UNKNOWN, id), status: 404 }),
        ] as const,
    ),
  );

/** Auditors can read records, and nothing else. */
const RECORDS = '/admin/v1/records';

const OTHERS: Readonly<Record<string, (forge: Forge) => Attack>> = {
  'an id with a filter of its own': (forge) =>
    acting(forge, 'admin', { path: `${MEMBERS}/${encodeURIComponent('x" or sub ^= "')}`, status: 404 }),
  'the beginning of an id': (forge) => acting(forge, 'admin', { path: `${MEMBERS}/sub`, status: 404 }),
  'an id that is a path': (forge) => acting(forge, 'admin', { path: `${MEMBERS}/..%2f..%2frights`, status: 404 }),
  'an id of 4,000 letters': (forge) => acting(forge, 'admin', { path: `${MEMBERS}/${'a'.repeat(4_000)}`, status: 404 }),
  'an unknown path': (forge) =>
    acting(forge, 'admin', { method: 'POST', path: `${MEMBERS}/${ELSEWHERE}/password`, status: 404 }),
  'a method override in a header': (forge) =>
    acting(forge, 'member', {
      path: `${MEMBERS}/${UNKNOWN}`,
      headers: [['X-HTTP-Method-Override', 'DELETE']],
    }),
  "an admin's context, with the token of a member": (forge) =>
    acting(forge, 'member', {
      context: { claims: { sub: 'x', 'cognito:groups': 'admin', 'custom:groups': 'chat-admins' } },
    }),
  "the group of another workspace's administrators": (forge) => ({
    path: MEMBERS,
    headers: [['Authorization', `Bearer ${as(forge, 'office-admin')}`]],
    status: 403,
  }),
  "another workspace's administrator": (forge) => ({
    path: MEMBERS,
    headers: [
      [
        'Authorization',
        `Bearer ${forge.token({ claims: { aud: 'office', [forge.policy.groupsClaim]: [...forge.policy.groups.admin] } })}`,
      ],
    ],
    status: 401,
  }),
  'roles that are groups': (forge) =>
    acting(forge, 'admin', { method: 'POST', body: { name: 'mallory', roles: ['office-admin'] }, status: 400 }),
  'roles by another field': (forge) =>
    acting(forge, 'admin', {
      method: 'POST',
      body: { name: 'mallory', roles: ['member'], groups: ['office-admin'] },
      status: 400,
    }),
  'a name with a line end': (forge) =>
    acting(forge, 'admin', { method: 'POST', body: { name: 'mal\nlory', roles: ['member'] }, status: 400 }),
  'records without a token': () => ({ path: RECORDS, status: 401 }),
  'a member would read records': (forge) => acting(forge, 'member', { path: RECORDS }),
  'an admin would read records': (forge) => acting(forge, 'admin', { path: RECORDS }),
  'an admin would read records, by way of the members': (forge) =>
    acting(forge, 'admin', { path: `${MEMBERS}/../records` }),
  'an auditor would manage, by way of the records': (forge) =>
    acting(forge, 'auditor', { path: `${RECORDS}/../members` }),
  'an auditor would manage, by an escaped slash': (forge) =>
    acting(forge, 'auditor', { path: `${RECORDS}%2f..%2fmembers` }),
  'records of a member that is a pattern': (forge) =>
    acting(forge, 'auditor', { path: `${RECORDS}?member=${encodeURIComponent('x") || ($.event = "y')}`, status: 400 }),
  'too many records': (forge) => acting(forge, 'auditor', { path: `${RECORDS}?limit=100000`, status: 400 }),
  'an invented page of records': (forge) => acting(forge, 'auditor', { path: `${RECORDS}?after=%22%5d`, status: 400 }),
  'malformed JSON': (forge) => acting(forge, 'admin', { method: 'POST', body: '{', status: 400 }),
  'too long a page': (forge) => acting(forge, 'admin', { path: `${MEMBERS}?limit=1000`, status: 400 }),
  'an invented page': (forge) => acting(forge, 'admin', { path: `${MEMBERS}?after=%22%5d`, status: 400 }),
};

/** Attacks on the administration of members; the same table runs against `serve` and against the deployed handler. */
export const ADMIN_ATTACKS: Readonly<Record<string, (forge: Forge) => Attack>> = Object.fromEntries([
  ...tokenAttacks(MEMBERS),
  ...BY_ROLE,
  ...BY_ID,
  ...Object.entries(OTHERS),
]);
