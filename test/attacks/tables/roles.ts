import type { AttackTable } from '../attack';
import { ROUTES } from '../routes';
import type { Sender } from '../target';

/** Each sender with the role that they have. */
const SENDERS: readonly (readonly [as: Sender, role: string])[] = [
  ['otherMember', 'member'],
  ['admin', 'admin'],
  ['auditor', 'auditor'],
  ['project', 'project'],
  ['officeMember', 'none'],
  ['officeAdmin', 'none'],
  ['none', 'none'],
];

/** Every route by every sender who has no role for it, with the IDs of the member's content. */
export const ROLES: AttackTable = {
  title: 'routes of other roles',
  attacks: ROUTES.flatMap(({ route, as: roles, isOwn, request }) =>
    SENDERS.filter(([, role]) => !roles.includes(role) && !(isOwn && ['admin', 'auditor'].includes(role))).map(
      ([as]) => ({ name: `${as}: ${route}`, request: ({ ids }) => ({ ...request(ids), as }) }),
    ),
  ),
};
