import type { AttackTable, RequestAttack, Scenario } from '../attack';
import type { Sent, Target } from '../target';
import { tokenOf } from '../targets/senders';
import { violations } from '../verdict';
import { SENT_WORD } from '../words';
import type { World } from '../world';

const URN = 'urn:ietf:params:scim:schemas:core:2.0';
const USER = { schemas: [`${URN}:User`] };
const GROUP = { schemas: [`${URN}:Group`] };
const SCIM = '/scim/v2';

const patching = (path: string, ...Operations: object[]): Sent => ({
  as: 'scim',
  method: 'PATCH',
  path: SCIM + path,
  body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations },
});
const posting = (path: string, body: object | string): Sent => ({
  as: 'scim',
  method: 'POST',
  path: SCIM + path,
  body,
});

/** What a token opens. */
const CALLS: Readonly<Record<string, (world: World) => Sent>> = {
  'the users': () => ({ path: `${SCIM}/Users` }),
  'a user': ({ scim }) => ({ path: `${SCIM}/Users/${scim.user}` }),
  'a new user': () => posting('/Users', { ...USER, userName: 'eve', externalId: 'eve' }),
  'a user made active': ({ scim }) => patching(`/Users/${scim.user}`, { op: 'replace', path: 'active', value: true }),
  'a group deleted': ({ scim }) => ({ method: 'DELETE', path: `${SCIM}/Groups/${scim.group}` }),
};

type Credential = (own: string, target: Target, world: World) => Omit<Sent, 'path'>;

const by = (credential: string) => ({ by: credential });
const idOf = (token: string) => token.slice(0, token.lastIndexOf('.'));
const secretOf = (token: string) => token.slice(token.lastIndexOf('.') + 1);
const without = (name: string, value: string) => ({ as: 'none', headers: [[name, value]] }) as const;

/** Texts that aren't the token of this workspace. */
const CREDENTIALS: Readonly<Record<string, Credential>> = {
  none: () => ({ as: 'none' }),
  'an empty token': () => by('Bearer '),
  'the ID alone': (own) => by(`Bearer ${idOf(own)}`),
  'the secret alone': (own) => by(`Bearer ${secretOf(own)}`),
  "another workspace's token": (_, { scimTokens }) => by(`Bearer ${scimTokens.foreign}`),
  "another workspace's ID with the own secret": (own, { scimTokens }) =>
    by(`Bearer ${idOf(scimTokens.foreign)}.${secretOf(own)}`),
  'an expired token': (_, { scimTokens }) => by(`Bearer ${scimTokens.expired}`),
  'a revoked token': (_, { scimTokens }) => by(`Bearer ${scimTokens.revoked}`),
  'a replaced token': (_, { scimTokens }) => by(`Bearer ${scimTokens.replaced}`),
  'a token without its end': (own) => by(`Bearer ${own.slice(0, -1)}`),
  'a token with more at its end': (own) => by(`Bearer ${own}A`),
  'a token in upper case': (own) => by(`Bearer ${own.toUpperCase()}`),
  'a token with an escaped dot': (own) => by(`Bearer ${own.replace('.', '%2e')}`),
  'a token of ten kilobytes': (own) => by(`Bearer ${own}${'A'.repeat(10_000)}`),
  'two tokens in one header': (own, { scimTokens }) => by(`Bearer ${scimTokens.foreign}, ${own}`),
  'a token by another scheme': (own) => by(`Basic ${Buffer.from(`:${own}`).toString('base64')}`),
  'a token without a scheme': (own) => by(own),
  'a token in x-api-key': (own) => without('x-api-key', own),
  'a token in a cookie': (own) => without('Cookie', `Authorization=Bearer ${own}`),
  'a token in another header': (own) => without('X-Forwarded-Authorization', `Bearer ${own}`),
  'a wrong token, and a right one in x-api-key': (own) => ({ ...by('Bearer x'), headers: [['x-api-key', own]] }),
  "a project's key": (_, { projectKeys }) => by(`Bearer ${projectKeys.batch}`),
  "an open project's key": (_, __, { openKey }) => by(`Bearer ${openKey}`),
  "a member's key": (_, __, { own }) => by(`Bearer ${own.apiKey}`),
  "an administrator's token": (_, { forge }) => by(`Bearer ${tokenOf(forge, 'admin', ['admin'], Date.now())}`),
  "an administrator's token of this workspace": (_, { forge }) =>
    by(`Bearer ${tokenOf(forge, 'admin', ['admin'], Date.now(), { aud: 'campus' })}`),
};

/** Those that `serve` has no command for. */
const ENDED = /^an? (expired|revoked|replaced) token$/;

const FORGED: readonly RequestAttack[] = Object.entries(CREDENTIALS).flatMap(([name, make]) =>
  Object.entries(CALLS).map(([call, sent]) => ({
    name: `${name}: ${call}`,
    ...(ENDED.test(name) && { on: 'bundles' as const }),
    request: (world: World, target: Target): Sent => ({
      ...sent(world),
      ...make(target.scimTokens.own, target, world),
    }),
    refusals: [401],
  })),
);

/** A valid token where it opens nothing. */
const ELSEWHERE: readonly RequestAttack[] = [
  ...[
    '/v1/models',
    '/v1/conversations',
    '/v1/batches',
    '/key/v1/models',
    '/admin/v1/members',
    '/admin/v1/records',
    '/admin/v1/rights/jobs',
    '/admin/v1/projects',
  ].map((path) => ({
    name: `a token elsewhere: ${path}`,
    request: { as: 'scim', path } as const,
    refusals: [401, 404],
  })),
  ...[
    '/../../admin/v1/members',
    '/Users/../../../v1/models',
    '/Users/../../admin/v1/rights/jobs',
    '/%2e%2e/%2e%2e/admin/v1/members',
    '/Users/..%2fGroups',
    '/Users/%00',
    '/Users/user%23x',
    '/Users/x/groups',
    '//Users',
    '/users',
    '/Users.json',
  ].map((path) => ({
    name: `a path: ${path}`,
    request: { as: 'scim', path: SCIM + path } as const,
    refusals: [400, 401, 404],
  })),
];

/** Filters that could find more than the value that they name. */
const FILTERS = [
  'userName eq "x" or userName eq "ada"',
  'userName eq "x" or 1 eq 1',
  'userName eq "x\\" or userName eq \\"ada"',
  'userName ne "x"',
  'userName sw ""',
  'userName co "a"',
  'userName pr',
  'not (userName eq "x")',
  '(userName eq "ada")',
  'userName eq "*"',
  'userName eq "%"',
  'userName eq "ad"',
  "userName eq \"' OR '1'='1\"",
  'userName eq "unique#userName#ada"',
  'password eq "x"',
  'emails[type eq "work"]',
  'externalId eq null',
  'externalId eq true',
  'id eq "user#ada"',
  'active eq true',
  'meta.created gt "2020-01-01T00:00:00Z"',
  `userName eq "${'\\\\'.repeat(500)}`,
];

const filtering = (filter: string): Scenario => ({
  name: `a filter: ${filter.slice(0, 60)}`,
  run: async (_, target) => {
    const sent: Sent = { as: 'scim', path: `${SCIM}/Users?filter=${encodeURIComponent(filter)}` };
    const seen = await target.send(sent);
    const isFound = seen.status === 200 && !seen.body.includes('"totalResults":0');
    return [
      ...violations({ may: [200], refusals: [400] }, sent, seen),
      ...(isFound ? [`it found ${seen.body.slice(0, 200)}`] : []),
    ];
  },
});

/** Changes by which a record could become another person, or a person get more than a group's members have. */
const CHANGES: Readonly<Record<string, (world: World) => Sent>> = {
  'another external ID': ({ scim }) =>
    patching(`/Users/${scim.user}`, { op: 'replace', path: 'externalId', value: 'admin' }),
  'another external ID, by its schema': ({ scim }) =>
    patching(`/Users/${scim.user}`, { op: 'replace', path: `${URN}:User:externalId`, value: 'admin' }),
  'another external ID, without a path': ({ scim }) =>
    patching(`/Users/${scim.user}`, { op: 'add', value: { externalId: 'admin' } }),
  'no external ID': ({ scim }) => patching(`/Users/${scim.user}`, { op: 'remove', path: 'externalId' }),
  'an external ID twice, in different case': ({ scim }) =>
    patching(`/Users/${scim.user}`, { op: 'replace', value: { externalId: 'ada', EXTERNALID: 'admin' } }),
  'another ID': ({ scim }) => patching(`/Users/${scim.user}`, { op: 'replace', path: 'id', value: 'admin' }),
  'the group of administrators': ({ scim }) =>
    patching(`/Users/${scim.user}`, { op: 'add', path: 'groups', value: [{ value: 'chat-admins' }] }),
  'a path with a filter': ({ scim }) =>
    patching(`/Users/${scim.user}`, { op: 'replace', path: 'externalId[value eq "ada"]', value: 'admin' }),
  'a path to a prototype': ({ scim }) =>
    patching(`/Users/${scim.user}`, { op: 'add', path: '__proto__.active', value: true }),
  'an unknown attribute': ({ scim }) => patching(`/Users/${scim.user}`, { op: 'add', path: 'activ', value: false }),
  'an unknown operation': ({ scim }) => patching(`/Users/${scim.user}`, { op: 'move', from: 'id', path: 'externalId' }),
  'the external ID of another person': () => posting('/Users', { ...USER, userName: 'eve', externalId: 'ada' }),
  'the external ID of another person, in upper case': () =>
    posting('/Users', { ...USER, userName: 'eve', externalId: 'ADA' }),
  'the name of another person': () => posting('/Users', { ...USER, userName: 'ADA', externalId: 'eve' }),
  "a user of another workspace's": () => ({ as: 'scim', method: 'DELETE', path: `${SCIM}/Users/member` }),
  'a member of another workspace in a group': ({ scim }) =>
    patching(`/Groups/${scim.group}`, { op: 'add', path: 'members', value: [{ value: 'member' }] }),
  'a path as a member of a group': ({ scim }) =>
    patching(`/Groups/${scim.group}`, { op: 'add', path: 'members', value: [{ value: '../Users/x' }] }),
  'a group as a member of a group': ({ scim }) =>
    patching(`/Groups/${scim.group}`, { op: 'add', path: 'members', value: [{ value: scim.group, type: 'Group' }] }),
  'a group by the path of users': ({ scim }) => ({
    as: 'scim',
    method: 'PUT',
    path: `${SCIM}/Users/${scim.group}`,
    body: { ...USER, userName: 'eve', externalId: 'eve' },
  }),
};

/** Requests near or over the size that is allowed. */
const LARGE: Readonly<Record<string, (world: World) => Sent>> = {
  'a body of 20 MB': () => posting('/Users', { ...USER, userName: 'x'.repeat(20_000_000) }),
  'a name of 4 MB': () => posting('/Users', { ...USER, userName: 'x'.repeat(4_000_000), externalId: 'x' }),
  'JSON of depth 100,000': () => posting('/Users', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  '20,000 operations': ({ scim }) =>
    patching(
      `/Users/${scim.user}`,
      ...Array.from({ length: 20_000 }, () => ({ op: 'replace', path: 'active', value: true })),
    ),
  '50,000 members': ({ scim }) =>
    patching(`/Groups/${scim.group}`, {
      op: 'add',
      path: 'members',
      value: Array.from({ length: 50_000 }, () => ({ value: crypto.randomUUID() })),
    }),
  '50,000 attributes': () =>
    posting('/Users', {
      ...USER,
      userName: 'x',
      ...Object.fromEntries(Array.from({ length: 50_000 }, (_, nth) => [`a${nth}`, 1])),
    }),
  'a path of 100,000 brackets': ({ scim }) =>
    patching(`/Groups/${scim.group}`, { op: 'remove', path: `members${'['.repeat(100_000)}` }),
  'a filter of 10,000 letters': () => ({
    as: 'scim',
    path: `${SCIM}/Users?filter=${encodeURIComponent(`userName eq "${'x'.repeat(10_000)}"`)}`,
  }),
  'a page of a billion': () => ({ as: 'scim', path: `${SCIM}/Users?count=999999999&startIndex=999999999` }),
};

/** A name that no log and no refusal may repeat, where each can be. */
const NAMES: Readonly<Record<string, (world: World) => Sent>> = {
  'of a user': () =>
    posting('/Users', {
      ...USER,
      userName: SENT_WORD,
      externalId: SENT_WORD,
      displayName: SENT_WORD,
      name: { givenName: SENT_WORD },
      emails: [{ value: `${SENT_WORD}@example.eu` }],
    }),
  'of the same user again': () => posting('/Users', { ...USER, userName: SENT_WORD, externalId: SENT_WORD }),
  'of a group': () => posting('/Groups', { ...GROUP, displayName: SENT_WORD, externalId: SENT_WORD }),
  'of the same group again': () => posting('/Groups', { ...GROUP, displayName: SENT_WORD }),
  'in a filter': () => ({
    as: 'scim',
    path: `${SCIM}/Users?filter=${encodeURIComponent(`userName eq "${SENT_WORD}"`)}`,
  }),
  'in a wrong filter': () => ({
    as: 'scim',
    path: `${SCIM}/Groups?filter=${encodeURIComponent(`${SENT_WORD} co "${SENT_WORD}"`)}`,
  }),
  'in a path': () => ({ as: 'scim', path: `${SCIM}/Users/${SENT_WORD}` }),
  'in a path of an operation': ({ scim }) =>
    patching(`/Users/${scim.user}`, { op: 'replace', path: SENT_WORD, value: SENT_WORD }),
  'as an operation': ({ scim }) => patching(`/Users/${scim.user}`, { op: SENT_WORD, path: 'active', value: SENT_WORD }),
  'as a wrong value': ({ scim }) =>
    patching(`/Users/${scim.user}`, { op: 'replace', path: 'active', value: SENT_WORD }),
  'as a member of a group': ({ scim }) =>
    patching(`/Groups/${scim.group}`, { op: 'add', path: 'members', value: [{ value: SENT_WORD }] }),
  'as a schema': () => posting('/Users', { schemas: [SENT_WORD], userName: SENT_WORD }),
  'in an incomplete body': () => posting('/Users', `{"userName":"${SENT_WORD}`),
  'as an attribute': () => posting('/Users', { ...USER, userName: 'x', externalId: 'x', [SENT_WORD]: SENT_WORD }),
};

const rows = (title: string, made: Readonly<Record<string, (world: World) => Sent>>, more: Partial<RequestAttack>) =>
  Object.entries(made).map(([name, request]): RequestAttack => ({ name: `${title}: ${name}`, request, ...more }));

/** Who may call SCIM, and what it can't be made to do: it decides on the members of a workspace. */
export const SCIM_TOKENS: AttackTable = {
  title: 'tokens of SCIM, and what they open',
  attacks: [
    ...FORGED,
    ...ELSEWHERE,
    ...FILTERS.map(filtering),
    ...rows('a change', CHANGES, { refusals: [400, 404, 409] }),
    ...rows('a large request', LARGE, { may: [200, 204] }),
    ...rows('a name', NAMES, { may: [200, 201] }),
  ],
};
