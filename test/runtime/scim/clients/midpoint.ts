import type { ScimClient } from './step';

const PATCH = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];
const USER = ['urn:ietf:params:scim:schemas:core:2.0:User'];
const GROUP = ['urn:ietf:params:scim:schemas:core:2.0:Group'];

/** midPoint with the ConnId connector for SCIM 2: whole users by PUT, members of groups by PATCH, and lists in pages. */
export const MIDPOINT: ScimClient = {
  name: 'midPoint',
  sources: [
    'https://github.com/ExclamationLabs/connector-scim2, Scim2UsersInvocator.java at 1ace3c24, read 2026-12-01',
    'https://github.com/openstandia/connector-scim2, Scim2GroupsInvocator.java at 10240043, read 2026-12-01',
  ],
  contentType: 'application/json',
  steps: [
    {
      what: 'creates a user',
      method: 'POST',
      path: '/Users',
      body: {
        schemas: USER,
        externalId: 'u-1001',
        userName: 'lena',
        displayName: 'Lena Fuchs',
        name: { familyName: 'Fuchs', givenName: 'Lena' },
        password: 'never-stored',
        active: true,
      },
      status: 201,
      as: 'lena',
    },
    {
      what: 'finds the user by name',
      method: 'GET',
      path: '/Users?filter=userName%20eq%20%22lena%22',
      status: 200,
      answer: { totalResults: 1 },
    },
    {
      what: 'lists users in pages',
      method: 'GET',
      path: '/Users?count=50&startIndex=1',
      status: 200,
      answer: { totalResults: 1, itemsPerPage: 1, startIndex: 1 },
    },
    {
      what: 'lists the page after the last',
      method: 'GET',
      path: '/Users?count=50&startIndex=51',
      status: 200,
      answer: { totalResults: 1, itemsPerPage: 0, startIndex: 51, Resources: [] },
    },
    {
      what: 'creates a group',
      method: 'POST',
      path: '/Groups',
      body: { schemas: GROUP, displayName: 'chat users' },
      status: 201,
      as: 'group',
    },
    {
      what: 'finds the group by name',
      method: 'GET',
      path: '/Groups?filter=displayName+eq+%22chat+users%22',
      status: 200,
      answer: { totalResults: 1 },
    },
    {
      what: 'adds a member',
      method: 'PATCH',
      path: '/Groups/{group}',
      body: { schemas: PATCH, Operations: [{ op: 'add', path: 'members', value: [{ value: '{lena}' }] }] },
      status: 204,
    },
    {
      what: 'finds the groups of a user',
      method: 'GET',
      path: '/Groups?filter=members.value%20eq%20%22{lena}%22',
      status: 200,
      answer: { totalResults: 1, Resources: [{ id: '{group}' }] },
    },
    {
      what: 'replaces the user without what it does not manage',
      method: 'PUT',
      path: '/Users/{lena}',
      body: { schemas: USER, id: '{lena}', userName: 'lena.fuchs', name: { familyName: 'Fuchs', givenName: 'Lena' } },
      status: 200,
      answer: { userName: 'lena.fuchs', externalId: 'u-1001', active: true },
    },
    {
      what: 'removes a member',
      method: 'PATCH',
      path: '/Groups/{group}',
      body: { schemas: PATCH, Operations: [{ op: 'remove', path: 'members[value eq "{lena}"]' }] },
      status: 204,
    },
    {
      what: 'renames the group by an object with its ID',
      method: 'PATCH',
      path: '/Groups/{group}',
      body: { schemas: PATCH, Operations: [{ op: 'replace', value: { id: '{group}', displayName: 'chat-users' } }] },
      status: 204,
    },
    { what: 'deletes the user', method: 'DELETE', path: '/Users/{lena}', status: 204 },
    { what: 'deletes the group', method: 'DELETE', path: '/Groups/{group}', status: 204 },
  ],
};
