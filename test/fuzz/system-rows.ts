import type { SystemPrepared } from './prepared';
import type { Row } from './rows';

const URN = 'urn:ietf:params:scim:schemas:core:2.0';
const USER = { schemas: [`${URN}:User`], userName: 'x', externalId: 'x', active: true, displayName: 'x' };
const GROUP = { schemas: [`${URN}:Group`], displayName: 'x' };
const LIMITS = { tokens_per_day: 9 };

const scim = { as: ['scim'] } as const;
const operator = { as: ['operator'] } as const;

const patch = (...Operations: object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});

/** A row for each route of the APIs that programs of an operator call. */
export const SYSTEM_ROWS: Readonly<Record<string, Row<SystemPrepared>>> = {
  'GET /scim/v2/ServiceProviderConfig': scim,
  'GET /scim/v2/ResourceTypes': scim,
  'GET /scim/v2/ResourceTypes/:id': { ...scim, ids: ['user'] },
  'GET /scim/v2/Schemas': scim,
  'GET /scim/v2/Schemas/:id': { ...scim, ids: ['user'] },
  'GET /scim/v2/Users': { ...scim, query: 'count=1000&attributes=userName,groups' },
  'POST /scim/v2/Users': { ...scim, body: () => ({ ...USER, emails: [{ value: 'x' }] }) },
  'GET /scim/v2/Users/:id': { ...scim, ids: ['user'] },
  'PUT /scim/v2/Users/:id': { ...scim, ids: ['user'], body: () => USER },
  'PATCH /scim/v2/Users/:id': {
    ...scim,
    ids: ['user'],
    body: () => patch({ op: 'replace', path: 'active', value: false }, { op: 'add', value: { displayName: 'x' } }),
  },
  'DELETE /scim/v2/Users/:id': { ...scim, ids: ['user'] },
  'GET /scim/v2/Groups': { ...scim, query: 'count=1000&attributes=members' },
  'POST /scim/v2/Groups': { ...scim, body: ({ user }) => ({ ...GROUP, members: [{ value: user }] }) },
  'GET /scim/v2/Groups/:id': { ...scim, ids: ['group'] },
  'PUT /scim/v2/Groups/:id': {
    ...scim,
    ids: ['group'],
    body: ({ user }) => ({ ...GROUP, members: [{ value: user }] }),
  },
  'PATCH /scim/v2/Groups/:id': {
    ...scim,
    ids: ['group'],
    body: ({ user }) =>
      patch(
        { op: 'add', path: 'members', value: [{ value: user }] },
        { op: 'remove', path: `members[value eq "${user}"]` },
      ),
  },
  'DELETE /scim/v2/Groups/:id': { ...scim, ids: ['group'] },
  'GET /admin/v1/projects': { ...operator, query: 'limit=100' },
  'GET /admin/v1/projects/:id': { ...operator, ids: ['openProject'] },
  'PUT /admin/v1/projects/:id': {
    ...operator,
    ids: ['openProject'],
    body: () => ({ name: 'x', models: ['assistant'], limits: LIMITS }),
  },
  'PUT /admin/v1/projects/:id/limits': { ...operator, ids: ['openProject'], body: () => LIMITS },
  'POST /admin/v1/projects/:id/end': { ...operator, ids: ['openProject'] },
};
