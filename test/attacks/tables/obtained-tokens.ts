import type { AttackTable, RequestAttack } from '../attack';
import type { Sent } from '../target';

const MEMBERS = '/admin/v1/members';
const NAMES = ['member', 'otherMember', 'auditor', 'admin', 'MEMBER', 'Member', 'OTHERMEMBER'];
const ROLE_SETS = [['member'], ['admin'], ['auditor'], ['member', 'admin', 'auditor']];

/** Requests of an administrator about a person who exists. */
const ACTS: readonly (readonly [name: string, sent: Sent])[] = [
  ...NAMES.flatMap((name) =>
    ROLE_SETS.map(
      (roles) => [`${name} added again as ${roles}`, { method: 'POST', path: MEMBERS, body: { name, roles } }] as const,
    ),
  ),
  ...['member', 'otherMember', 'auditor'].flatMap((id) => [
    ...ROLE_SETS.map(
      (roles) =>
        [`roles of ${id}: ${roles}`, { method: 'POST', path: `${MEMBERS}/${id}/roles`, body: { roles } }] as const,
    ),
    ...['disable', 'enable', 'sign-out'].map(
      (act) => [`${act} of ${id}`, { method: 'POST', path: `${MEMBERS}/${id}/${act}` }] as const,
    ),
    [`a look at ${id}`, { path: `${MEMBERS}/${id}` }] as const,
  ]),
  ['the list', { path: `${MEMBERS}?limit=60` }],
];

/** An administrator may manage people, and never gets the token of one of them. */
export const OBTAINED_TOKENS: AttackTable = {
  title: "other people's tokens",
  isAlone: true,
  attacks: ACTS.map(
    ([name, sent]): RequestAttack => ({ name, request: { ...sent, as: 'admin' }, may: [200, 201], mayChange: true }),
  ),
};
