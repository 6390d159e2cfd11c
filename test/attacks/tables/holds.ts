import type { AttackTable, RequestAttack } from '../attack';
import { ROUTES } from '../routes';
import type { Sent } from '../target';
import type { World } from '../world';

const RIGHTS = '/admin/v1/rights';

/** What must be refused under a hold. A request for any other route may be answered, but removes nothing. */
const REMOVING = new Set([
  'POST /v1/conversations/:id',
  'DELETE /v1/conversations/:id',
  'DELETE /v1/conversations/:id/items/:item',
  'DELETE /v1/responses/:id',
  'DELETE /v1/files/:id',
  'DELETE /v1/prompts/:id',
  'POST /v1/prompts/:id/shares',
  'DELETE /v1/prompts/:id/shares/:share',
  'POST /v1/uploads/:id/cancel',
  'POST /admin/v1/rights/own/erasures',
]);

/** What a hold must refuse, with bodies that remove something. */
const OTHERS: Readonly<Record<string, (world: World) => Sent>> = {
  'other labels': ({ held }) => posting(`/v1/conversations/${held.conversation}`, { metadata: {} }),
  'no labels': ({ held }) => posting(`/v1/conversations/${held.conversation}`, { metadata: null }),
  'an upload completed without one of its parts': ({ held }) =>
    posting(`/v1/uploads/${held.upload}/complete`, { part_ids: [held.part] }),
  'an erasure by an administrator': () => posting(`${RIGHTS}/erasures`, { user: 'held' }, 'admin'),
  'a closure by an administrator': () => posting(`${RIGHTS}/closures`, { workspace: 'sciences', days: 7 }, 'admin'),
};

/** The hold itself, by people who may not see or release it. */
const BY_OTHERS: Readonly<Record<string, (world: World) => Sent>> = {
  'the release by the user': ({ ids }) => ({ as: 'held', method: 'DELETE', path: `${RIGHTS}/holds/${ids.hold}` }),
  'the release by another member': ({ ids }) => ({ method: 'DELETE', path: `${RIGHTS}/holds/${ids.hold}` }),
  'the release by an auditor': ({ ids }) => ({ as: 'auditor', method: 'DELETE', path: `${RIGHTS}/holds/${ids.hold}` }),
  'a list of holds by the user': () => ({ as: 'held', path: `${RIGHTS}/holds` }),
};

/** Content on hold, attacked by the member who stored it and by administrators. */
export const HOLDS: AttackTable = {
  title: 'content on hold',
  attacks: [
    ...Object.entries(OTHERS).map(([name, request]): RequestAttack => ({ name, request, codes: ['legal_hold'] })),
    ...Object.entries(BY_OTHERS).map(([name, request]): RequestAttack => ({ name, request, codes: ['role_refused'] })),
    ...ROUTES.filter(({ as }) => as.includes('member')).map(
      ({ route, request }): RequestAttack => ({
        name: route,
        request: ({ held }) => ({ ...request(held), as: 'held' }),
        ...(REMOVING.has(route) ? { codes: ['legal_hold'] } : { may: [200, 202] }),
      }),
    ),
  ],
};

const posting = (path: string, body: object, as: Sent['as'] = 'held'): Sent => ({ as, method: 'POST', path, body });
