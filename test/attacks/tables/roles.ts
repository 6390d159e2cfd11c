import type { AttackTable, RequestAttack } from '../attack';
import { ROUTES, type RouteRow } from '../routes';
import type { Sender, Target } from '../target';

/** Each sender with the role that they have. */
const SENDERS: readonly (readonly [as: Sender, role: string])[] = [
  ['otherMember', 'member'],
  ['admin', 'admin'],
  ['auditor', 'auditor'],
  ['officeMember', 'none'],
  ['officeAdmin', 'none'],
  ['none', 'none'],
];

/** The key of a project at a workspace, whose routes it doesn't open, whatever it may do at the API of projects. */
const foreignKey = ({ route, request }: RouteRow): RequestAttack => ({
  name: `project: ${route}`,
  request: ({ ids }, { projectKeys }: Target) => ({ ...request(ids), by: `Bearer ${projectKeys.batch}` }),
  codes: ['invalid_api_key'],
});

const isOf = (role: string, { as, isOwn }: RouteRow): boolean =>
  as.includes(role) || (isOwn && ['admin', 'auditor'].includes(role));

const byRole =
  ({ route, request }: RouteRow) =>
  ([as, role]: (typeof SENDERS)[number]): RequestAttack => ({
    name: `${as}: ${route}`,
    request: ({ ids }) => ({ ...request(ids), as }),
    codes: role === 'none' ? ['invalid_api_key'] : ['role_refused'],
  });

/** Every route by every sender who has no role for it, with the IDs of the member's content. */
export const ROLES: AttackTable = {
  title: 'routes of other roles',
  attacks: ROUTES.flatMap((row) => [
    foreignKey(row),
    ...SENDERS.filter(([, role]) => !isOf(role, row)).map(byRole(row)),
  ]),
};
