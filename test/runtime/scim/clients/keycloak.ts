import type { ScimClient } from './step';

const USER = ['urn:ietf:params:scim:schemas:core:2.0:User'];
const GROUP = ['urn:ietf:params:scim:schemas:core:2.0:Group'];

/** Keycloak with the extension keycloak-scim, which replaces whole resources and sends no empty list of members. */
export const KEYCLOAK: ScimClient = {
  name: 'Keycloak',
  sources: [
    'https://github.com/mitodl/keycloak-scim, src/main/java/sh/libre/scim/core at 1b028101 and 1e3ae07e, read 2026-12-01',
  ],
  contentType: 'application/scim+json',
  steps: [
    {
      what: 'creates a user with its own ID as external ID',
      method: 'POST',
      path: '/Users',
      body: {
        schemas: USER,
        externalId: 'c1f6f0a2-7d4e-4f6e-8b2a-55d2c7e9a101',
        userName: 'jonas',
        displayName: 'Jonas Weber',
        emails: [{ value: 'jonas@hochschule.example' }],
        active: true,
        roles: [{ value: 'offline_access' }],
      },
      status: 201,
      answer: { externalId: 'c1f6f0a2-7d4e-4f6e-8b2a-55d2c7e9a101' },
      as: 'jonas',
    },
    {
      what: 'creates a group with a member',
      method: 'POST',
      path: '/Groups',
      body: {
        schemas: GROUP,
        externalId: 'f2a7b3c4-9e5d-4a1b-8c6f-77e8d9f0a202',
        displayName: 'chat-users',
        members: [{ value: '{jonas}', $ref: 'Users/{jonas}' }],
      },
      status: 201,
      answer: { members: [{ value: '{jonas}' }] },
      as: 'group',
    },
    {
      what: 'replaces the user, who is disabled now',
      method: 'PUT',
      path: '/Users/{jonas}',
      body: {
        schemas: USER,
        id: '{jonas}',
        externalId: 'c1f6f0a2-7d4e-4f6e-8b2a-55d2c7e9a101',
        userName: 'jonas',
        displayName: 'Jonas Weber',
        emails: [{ value: 'jonas@hochschule.example' }],
        active: false,
        meta: { location: 'Users/{jonas}' },
        roles: [],
      },
      status: 200,
      answer: { active: false },
    },
    {
      what: 'lists all users, to import or to reconcile them',
      method: 'GET',
      path: '/Users',
      status: 200,
      answer: { totalResults: 1, Resources: [{ id: '{jonas}' }] },
    },
    {
      what: 'replaces the group after its last member has left',
      method: 'PUT',
      path: '/Groups/{group}',
      body: {
        schemas: GROUP,
        id: '{group}',
        externalId: 'f2a7b3c4-9e5d-4a1b-8c6f-77e8d9f0a202',
        displayName: 'chat-users',
        meta: { location: 'Groups/{group}' },
      },
      status: 200,
      answer: { members: [] },
    },
    { what: 'deletes the user', method: 'DELETE', path: '/Users/{jonas}', status: 204 },
    { what: 'deletes the group', method: 'DELETE', path: '/Groups/{group}', status: 204 },
  ],
};
