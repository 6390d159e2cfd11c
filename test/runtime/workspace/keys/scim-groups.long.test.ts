import { CachedDirectory } from '@/lib/runtime/workspace/identity/member-directory';
import { ScimWorld } from '@/test/runtime/scim/support/scim-world';
import { type KeyProcess, KeyWorkspace, resultOf } from './support/key-workspace';

let scim: ScimWorld;
let workspace: KeyWorkspace;
/** What a member sends with: their token, or a key. */
let credentials: Record<string, { readonly token: string; readonly key: string }>;
let process: KeyProcess;
let users: Record<string, string>;
let physics: string;

beforeEach(async () => {
  scim = new ScimWorld();
  workspace = new KeyWorkspace();
  process = workspace.process(30, new CachedDirectory(scim.withGroups, () => workspace.local.time));
  users = {};
  credentials = {};
  for (const name of ['ada', 'bob', 'eve']) users[name] = await scim.user(name);
  await scim.group('chat-users', ...Object.values(users));
  physics = await scim.group('physics', users.ada ?? '', users.bob ?? '');
  for (const name of ['ada', 'bob', 'eve']) {
    const { key } = await process.create(name);
    await process.seen({ id: name });
    credentials[name] = { token: name, key };
  }
});
afterEach(() => {
  scim.close();
  workspace.local.close();
});

type With = 'token' | 'key';
const call = (member: string, by: With, method: string, path: string, body?: object) =>
  process.send(credentials[member]?.[by] ?? '', `${by === 'key' ? '/key' : ''}/v1${path}`, { method, body });

async function share(by: With, group = 'physics'): Promise<string> {
  const body = { instructions: 'Explain.', model: 'assistant' };
  const { json: prompt } = await call('ada', by, 'POST', '/prompts', body);
  const { status, json } = await call('ada', by, 'POST', `/prompts/${prompt.id}/shares`, { group });
  return status === 200 ? json.id : `${status} ${json.error.code}`;
}
const used = async (member: string, by: With, id: string) =>
  resultOf(await call(member, by, 'POST', '/responses', { input: 'hi', prompt: { id } }));
const listed = async (member: string, by: With) => {
  const { status, json } = await call(member, by, 'GET', '/shared_prompts?group=physics');
  return status === 200 ? json.data.map(({ id }: { id: string }) => id) : `${status} ${json.error.code}`;
};
const pass = (seconds: number) => {
  workspace.local.time += seconds * 1_000;
};

const BOTH: [With][] = [['token'], ['key']];

test.each(BOTH)(
  'with a %s, a prompt is shared with a group of SCIM, found and used by its members, and by no others',
  async (by) => {
    const id = await share(by);
    expect(id).toMatch(/^shpmpt_/);
    expect([await listed('bob', by), await used('bob', by, id)]).toEqual([[id], '200']);
    expect([await listed('eve', by), await used('eve', by, id)]).toEqual(['400 invalid_value', '404 prompt_not_found']);
    expect(await share(by, 'chemistry')).toBe('400 invalid_value');
  },
);

test.each(BOTH)('with a %s, who is removed from the group by PATCH loses its shares within 60 seconds', async (by) => {
  const id = await share(by);
  expect(await used('bob', by, id)).toBe('200');
  await scim.patch(`/Groups/${physics}`, { op: 'remove', path: `members[value eq "${users.bob}"]` });
  pass(60);
  expect([await listed('bob', by), await used('bob', by, id)]).toEqual(['400 invalid_value', '404 prompt_not_found']);
  expect(await used('ada', by, id)).toBe('200');
  await scim.patch(`/Groups/${physics}`, { op: 'add', path: 'members', value: [{ value: users.bob }] });
  pass(60);
  expect(await used('bob', by, id)).toBe('200');
});

test.each(BOTH)(
  'with a %s, a share belongs to the name of its group: another name doesn’t have it, and the former name has it again',
  async (by) => {
    const id = await share(by);
    const rename = (value: string) => scim.patch(`/Groups/${physics}`, { op: 'replace', path: 'displayName', value });
    await rename('astronomy');
    pass(60);
    expect([await listed('bob', by), await used('bob', by, id)]).toEqual(['400 invalid_value', '404 prompt_not_found']);
    await rename('physics');
    pass(60);
    expect(await used('bob', by, id)).toBe('200');
  },
);

test.each(BOTH)('with a %s, no one uses the shares of a deleted group', async (by) => {
  const id = await share(by);
  expect((await scim.call('DELETE', `/Groups/${physics}`)).status).toBe(204);
  pass(60);
  expect([await used('ada', by, id), await used('bob', by, id)]).toEqual([
    '404 prompt_not_found',
    '404 prompt_not_found',
  ]);
});

test.each(BOTH)('with a %s, a disabled user uses nothing', async (by) => {
  const id = await share(by);
  await scim.patch(`/Users/${users.bob}`, { op: 'replace', path: 'active', value: false });
  pass(60);
  expect(await used('bob', by, id)).toBe('403 member_disabled');
});

test('a directory that can not be read admits no one to a share', async () => {
  const id = await share('key');
  pass(60);
  const reading = jest.spyOn(scim.withGroups, 'ofMember').mockRejectedValue(new Error('unreachable'));
  expect(await used('bob', 'key', id)).toBe('503 members_unavailable');
  reading.mockRestore();
  expect(await used('bob', 'key', id)).toBe('200');
});
