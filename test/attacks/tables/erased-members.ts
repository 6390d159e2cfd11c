import type { AttackTable, RequestAttack } from '../attack';
import { ROUTES } from '../routes';
import type { Sent } from '../target';

const RIGHTS = '/admin/v1/rights';

/** Requests of administrators about the erased member. */
const BY_ADMIN: Readonly<Record<string, Sent>> = {
  'a hold': { method: 'POST', path: `${RIGHTS}/holds`, body: { user: 'erased', reason: 'late' } },
  'an export': { method: 'POST', path: `${RIGHTS}/exports`, body: { user: 'erased' } },
  'a hand-over': {
    method: 'POST',
    path: `${RIGHTS}/exports`,
    body: { user: 'erased', recipient: 'otherMember', reason: 'late' },
  },
};

/** An erased member with a valid token is refused on every route, except for what concerns their own rights. */
export const ERASED_MEMBERS: AttackTable = {
  title: 'an erased member',
  attacks: [
    ...ROUTES.filter(({ as }) => as.includes('member')).map(
      ({ route, isOwn, request }): RequestAttack => ({
        name: route,
        request: ({ erased }) => ({ ...request(erased), as: 'erased' }),
        // Their erasure, requested again, is the one that there was.
        ...(isOwn && !route.includes('/v1/models') ? { may: [200, 202] } : { codes: ['content_erased'] }),
      }),
    ),
    ...Object.entries(BY_ADMIN).map(
      ([name, sent]): RequestAttack => ({ name, request: { ...sent, as: 'admin' }, codes: ['content_erased'] }),
    ),
  ],
};
