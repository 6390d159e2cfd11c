import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@/lib/config/load';
import { type Served, serve } from '@/lib/local/serve';
import { jsonOf } from '@/test/support/json-of';
import { scimConfig } from '@/test/support/scim-config';

jest.setTimeout(60_000);

const { boundary, deployment } = readConfig(
  scimConfig('{ member: [chat-users], admin: [chat-admins] }', '    scim: {}\n    keys: {}\n'),
  'residency.yaml',
);

/** Each test begins with the users of `serve`, so that none depends on another. */
let data: string;
let served: Served;
beforeEach(async () => {
  if (deployment === undefined) throw new Error('no deployment');
  data = mkdtempSync(path.join(tmpdir(), 'serve-scim-keys-'));
  const record = () => {};
  served = await serve({ deployment, boundary, port: 0, data, upstream: 'echo', environment: {}, record });
});
afterEach(async () => {
  await served.close();
  rmSync(data, { recursive: true });
});

const workspace = () => {
  const [found] = served.workspaces;
  if (found === undefined) throw new Error('no workspace');
  return found;
};

async function call(token: string, method: string, target: string, body?: object) {
  const response = await fetch(workspace().url.replace(/\/v1$/, target), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: response.status === 204 ? {} : await jsonOf(response) };
}

const answerOf = ({ status, body }: Awaited<ReturnType<typeof call>>) =>
  body.error === undefined ? `${status}` : `${status} ${body.error.code}`;

const CHAT = { model: 'assistant', messages: [{ role: 'user', content: 'Hallo' }] };
const chat = async (token: string) => answerOf(await call(token, 'POST', '/v1/chat/completions', CHAT));
const chatByKey = async (key: string) => answerOf(await call(key, 'POST', '/key/v1/chat/completions', CHAT));

async function keyOf(token: string): Promise<string> {
  const { status, body } = await call(token, 'POST', '/v1/keys', { name: 'laptop' });
  if (status >= 300) throw new Error(JSON.stringify(body));
  return body.key;
}

const scim = (method: string, target: string, body?: object) =>
  call(workspace().scimToken ?? '', method, `/scim/v2${target}`, body);
const patch = (target: string, ...Operations: object[]) =>
  scim('PATCH', target, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });
const create = async (userName: string, more: object = {}): Promise<string> => {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  const { status, body } = await scim('POST', '/Users', { schemas, userName, ...more });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
};
const userOf = async (name: string): Promise<string> =>
  (await scim('GET', `/Users?filter=userName eq "${name}"`)).body.Resources[0].id;
const groupOf = async (name: string): Promise<string> =>
  (await scim('GET', `/Groups?filter=displayName eq "${name}"`)).body.Resources[0].id;
const join = async (user: string, group = 'chat-users') =>
  patch(`/Groups/${await groupOf(group)}`, { op: 'add', path: 'members', value: [{ value: user }] });

test("a member's key follows what SCIM says of them", async () => {
  const { member, otherMember } = workspace().tokens;
  const [key, other] = [await keyOf(member), await keyOf(otherMember)];
  const id = await userOf('member');
  expect(await chatByKey(key)).toBe('200');
  await patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
  expect(await chatByKey(key)).toBe('403 member_disabled');
  await patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true });
  expect(await chatByKey(key)).toBe('200');
  await patch(`/Groups/${await groupOf('chat-users')}`, { op: 'remove', path: `members[value eq "${id}"]` });
  expect(await chatByKey(key)).toBe('403 role_refused');
  await join(id);
  expect(await chatByKey(key)).toBe('200');
  await scim('DELETE', `/Users/${id}`);
  expect(await chatByKey(key)).toBe('403 member_not_provisioned');
  // What happens to one member changes nothing for another.
  expect(await chatByKey(other)).toBe('200');
});

test('a key works again only once its person has signed in as the user who was created again', async () => {
  const { member } = workspace().tokens;
  const key = await keyOf(member);
  await scim('DELETE', `/Users/${await userOf('member')}`);
  // Another person with the same name.
  const another = await create('member', { externalId: 'another-person' });
  await join(another);
  expect([await chatByKey(key), await chat(member)]).toEqual([
    '403 member_not_provisioned',
    '403 member_not_provisioned',
  ]);
  await scim('DELETE', `/Users/${another}`);
  const again = await create('member', { externalId: 'member' });
  await join(again);
  expect(await chatByKey(key)).toBe('403 member_not_provisioned');
  expect(await chat(member)).toBe('200');
  expect(await chatByKey(key)).toBe('200');
});

test('an administrator enables a member that SCIM has created again while they were disabled', async () => {
  const { member, admin } = workspace().tokens;
  const act = async (name: string) => answerOf(await call(admin, 'POST', `/admin/v1/members/member/${name}`));
  expect(await chat(member)).toBe('200');
  expect(await act('disable')).toBe('200');
  await scim('DELETE', `/Users/${await userOf('member')}`);
  await join(await create('member', { externalId: 'member' }));
  expect(await act('enable')).toBe('404 member_not_found');
  // They are refused as before, and the administrator finds them from then on.
  expect(await chat(member)).toBe('403 member_disabled');
  expect(await act('enable')).toBe('200');
  expect(await chat(member)).toBe('200');
});

test('a user gets no person by their name, and keeps the person that they once got', async () => {
  const { member } = workspace().tokens;
  const key = await keyOf(member);
  await scim('DELETE', `/Users/${await userOf('member')}`);
  const late = await create('member');
  await join(late, 'chat-admins');
  expect([await chatByKey(key), await chat(member)]).toEqual([
    '403 member_not_provisioned',
    '403 member_not_provisioned',
  ]);
  expect((await patch(`/Users/${late}`, { op: 'add', path: 'externalId', value: 'member' })).status).toBe(200);
  // An administrator now, and no member.
  expect([await chat(member), await chatByKey(key)]).toEqual(['403 role_refused', '403 role_refused']);
  expect(answerOf(await call(member, 'GET', '/admin/v1/members'))).toBe('200');
  const moved = await patch(`/Users/${late}`, { op: 'replace', path: 'externalId', value: 'otherMember' });
  expect(moved.status).toBe(400);
  const removed = await patch(`/Users/${late}`, { op: 'remove', path: 'externalId' });
  expect(removed.status).toBe(400);
});

test('the external ID of one person can not be given to a second user', async () => {
  const late = await create('eve');
  await join(late, 'chat-admins');
  for (const externalId of ['member', 'MEMBER']) {
    const taken = await patch(`/Users/${late}`, { op: 'add', path: 'externalId', value: externalId });
    expect(taken.status).toBe(409);
  }
  expect(answerOf(await call(workspace().tokens.member, 'GET', '/admin/v1/members'))).toBe('403 role_refused');
});

test('each credential opens its own paths only', async () => {
  const { tokens, scimToken = '' } = workspace();
  const key = await keyOf(tokens.member);
  const answers: Record<string, string> = {};
  for (const [name, credential, targets] of [
    ['scim', scimToken, ['/v1/models', '/v1/keys', '/key/v1/models', '/key/v1/keys', '/admin/v1/members']],
    ['key', key, ['/scim/v2/Users', '/scim/v2/Groups', '/scim/v2/ServiceProviderConfig', '/admin/v1/members']],
    ['token', tokens.admin, ['/scim/v2/Users', '/scim/v2/Groups', '/scim/v2/ServiceProviderConfig', '/key/v1/models']],
  ] as const) {
    for (const target of targets) {
      const { status } = await call(credential, 'GET', target);
      answers[`${name} ${target}`] = `${status}`;
    }
  }
  expect(Object.entries(answers).filter(([, status]) => status !== '401')).toEqual([]);
  // The credentials are valid where they belong.
  expect((await scim('GET', '/Users')).status).toBe(200);
  expect((await call(key, 'GET', '/key/v1/models')).status).toBe(200);
  expect((await call(tokens.admin, 'GET', '/admin/v1/members')).status).toBe(200);
});

test('no credential but its own writes to SCIM', async () => {
  const { tokens } = workspace();
  const key = await keyOf(tokens.member);
  const id = await userOf('member');
  const admins = await groupOf('chat-admins');
  const promotion = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'add', path: 'members', value: [{ value: id }] }],
  };
  for (const credential of [key, ...Object.values(tokens)]) {
    expect((await call(credential, 'PATCH', `/scim/v2/Groups/${admins}`, promotion)).status).toBe(401);
    expect((await call(credential, 'DELETE', `/scim/v2/Users/${id}`)).status).toBe(401);
  }
  expect(answerOf(await call(tokens.member, 'GET', '/admin/v1/members'))).toBe('403 role_refused');
  expect(await chatByKey(key)).toBe('200');
});

test('a prompt that a key shares with a group of SCIM is found by a token, until its person leaves the group', async () => {
  const { member, otherMember } = workspace().tokens;
  const key = await keyOf(member);
  const [own, other] = [await userOf('member'), await userOf('otherMember')];
  const members = [own, other].map((value) => ({ value }));
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  const { body: physics } = await scim('POST', '/Groups', { schemas, displayName: 'physics', members });
  const { body: prompt } = await call(key, 'POST', '/key/v1/prompts', { instructions: 'Explain.', model: 'assistant' });
  const { body: share } = await call(key, 'POST', `/key/v1/prompts/${prompt.id}/shares`, { group: 'physics' });
  const listed = await call(otherMember, 'GET', '/v1/shared_prompts?group=physics');
  expect(listed.body.data).toMatchObject([{ id: share.id, group: 'physics' }]);
  const use = async () => {
    const { status } = await call(otherMember, 'POST', '/v1/responses', { input: 'Hallo', prompt: { id: share.id } });
    return status;
  };
  expect(await use()).toBe(200);
  await patch(`/Groups/${physics.id}`, { op: 'remove', path: `members[value eq "${other}"]` });
  expect(await use()).toBe(404);
  expect(answerOf(await call(otherMember, 'GET', '/v1/shared_prompts?group=physics'))).toBe('400 invalid_value');
});
