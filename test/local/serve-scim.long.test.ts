import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@/lib/config/load';
import { type Served, serve } from '@/lib/local/serve';
import { jsonOf } from '@/test/support/json-of';
import { scimConfig } from '@/test/support/scim-config';

jest.setTimeout(60_000);

const { boundary, deployment } = readConfig(
  scimConfig(
    '{ member: [chat-users], admin: [chat-admins], auditor: [chat-auditors] }',
    '    scim: {}\n',
    '  - { id: office, edition: enterprise, retention: 30d, models: [assistant] }\n',
  ),
  'residency.yaml',
);

let data: string;
let served: Served;
const lines: string[] = [];
// Each test changes members that others ask about, and starts with those of a new workspace.
beforeEach(async () => {
  if (deployment === undefined) throw new Error('no deployment');
  data = mkdtempSync(path.join(tmpdir(), 'serve-scim-'));
  served = await serve({
    deployment,
    boundary,
    port: 0,
    data,
    upstream: 'echo',
    environment: {},
    record: (...written) => void lines.push(JSON.stringify(written)),
  });
});
afterEach(async () => {
  await served.close();
  rmSync(data, { recursive: true });
});

const workspace = (id = 'sciences') => {
  const found = served.workspaces.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no workspace ${id}`);
  return found;
};
const at = (target: string) => workspace().url.replace(/\/v1$/, target);
const call = async (token: string, method: string, target: string, body?: object) => {
  const response = await fetch(at(target), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
};
const scim = (method: string, target: string, body?: object) =>
  call(workspace().scimToken ?? '', method, `/scim/v2${target}`, body);
const patch = (target: string, ...Operations: object[]) =>
  scim('PATCH', target, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });
const chat = (token: string) =>
  call(token, 'POST', '/v1/chat/completions', { model: 'assistant', messages: [{ role: 'user', content: 'Hallo' }] });
const userOf = async (name: string) => (await scim('GET', `/Users?filter=userName eq "${name}"`)).body.Resources[0].id;

test('a member that SCIM disables is refused, and admitted again when it enables them', async () => {
  const { member } = workspace().tokens;
  expect((await chat(member)).status).toBe(200);
  const id = await userOf('member');
  await patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
  const refused = await chat(member);
  expect(refused.status).toBe(403);
  expect(refused.body.error).toMatchObject({ code: 'member_disabled', message: expect.stringContaining('by SCIM') });
  await patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'True' });
  expect((await chat(member)).status).toBe(200);
});

test('the roles are those of SCIM, whatever the token says', async () => {
  const { member, otherMember } = workspace().tokens;
  const id = await userOf('otherMember');
  const [{ id: users }] = (await scim('GET', '/Groups?filter=displayName eq "chat-users"')).body.Resources;
  await patch(`/Groups/${users}`, { op: 'remove', path: `members[value eq "${id}"]` });
  const refused = await chat(otherMember);
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'role_refused' } } });
  expect((await chat(member)).status).toBe(200);
  await patch(`/Groups/${users}`, { op: 'add', path: 'members', value: [{ value: id }] });
  expect((await chat(otherMember)).status).toBe(200);
});

test('a person that SCIM has not sent, or has deleted, is refused and told why', async () => {
  const { otherMember } = workspace().tokens;
  const id = await userOf('otherMember');
  expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204);
  const refused = await chat(otherMember);
  expect(refused.status).toBe(403);
  expect(refused.body.error).toMatchObject({
    code: 'member_not_provisioned',
    message: expect.stringContaining('SCIM'),
  });
  // The same name, but another person by their external ID.
  const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'otherMember' };
  const other = await scim('POST', '/Users', { ...body, externalId: 'another-person' });
  expect((await chat(otherMember)).body.error.code).toBe('member_not_provisioned');
  await scim('DELETE', `/Users/${other.body.id}`);
  const again = await scim('POST', '/Users', { ...body, externalId: 'otherMember' });
  expect((await chat(otherMember)).body.error.code).toBe('role_refused');
  const [{ id: users }] = (await scim('GET', '/Groups?filter=displayName eq "chat-users"')).body.Resources;
  await patch(`/Groups/${users}`, { op: 'add', path: 'members', value: [{ value: again.body.id }] });
  expect((await chat(otherMember)).status).toBe(200);
});

test('a SCIM token opens SCIM of its workspace only, and nothing else opens SCIM', async () => {
  const token = workspace().scimToken ?? '';
  for (const target of [
    '/v1/models',
    '/v1/conversations/x',
    '/admin/v1/members',
    '/admin/v1/records',
    '/admin/v1/rights/jobs',
  ]) {
    expect((await call(token, 'GET', target)).status).toBe(401);
  }
  for (const own of Object.values(workspace().tokens)) {
    expect((await call(own, 'GET', '/scim/v2/Users')).status).toBe(401);
  }
  const elsewhere = await fetch(workspace('office').url.replace(/\/v1$/, '/scim/v2/Users'), {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(elsewhere.status).not.toBe(200);
  expect(workspace('office').scimToken).toBeUndefined();
});

test('administrators see the members by SCIM, and change their roles nowhere else', async () => {
  const { admin } = workspace().tokens;
  await chat(workspace().tokens.member);
  const { body } = await call(admin, 'GET', '/admin/v1/members?limit=60');
  expect(body.data).toContainEqual(expect.objectContaining({ id: 'member', name: 'member', roles: ['member'] }));
  const changed = await call(admin, 'POST', '/admin/v1/members/member/roles', { roles: ['admin'] });
  expect(changed).toMatchObject({ status: 409, body: { error: { code: 'managed_elsewhere' } } });
  expect(changed.body.error.message).toContain('by SCIM');
  expect((await call(admin, 'POST', '/admin/v1/members/member/disable')).status).toBe(200);
  expect((await chat(workspace().tokens.member)).body.error.code).toBe('member_disabled');
  expect((await call(admin, 'POST', '/admin/v1/members/member/enable')).status).toBe(200);
  expect((await chat(workspace().tokens.member)).status).toBe(200);
});

test('an erasure deletes what SCIM sent about the member', async () => {
  const { member } = workspace().tokens;
  await chat(member);
  const id = await userOf('member');
  const response = await fetch(at('/admin/v1/rights/own/erasures'), {
    method: 'POST',
    headers: { authorization: `Bearer ${member}` },
  });
  const job = await jsonOf(response);
  if (response.status >= 300) throw new Error(JSON.stringify(job));
  for (let tries = 0; (await scim('GET', `/Users/${id}`)).status !== 404; tries++) {
    if (tries > 200) throw new Error('the user is still there');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect((await scim('GET', '/Users?filter=userName eq "member"')).body.totalResults).toBe(0);
});

test('no record has a name that SCIM sent', async () => {
  const name = 'zora.canary@example.eu';
  const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: name, displayName: 'Zora Canary' };
  await scim('POST', '/Users', { ...body, externalId: 'canary-id' });
  await scim('GET', `/Users?filter=userName eq "${name}"`);
  expect(lines.join('')).toContain('scim.user.create');
  expect(lines.join('').toLowerCase()).not.toContain('canary');
});
