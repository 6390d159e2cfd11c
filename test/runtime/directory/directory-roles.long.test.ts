import { ScimWorld } from '@/test/runtime/scim/support/scim-world';
import { withoutRandomIds } from '@/test/support/random-ids';

let world: ScimWorld;
beforeEach(() => {
  world = new ScimWorld();
});
afterEach(() => world.close());

const later = (hours: number) => {
  world.now = new Date(world.now.getTime() + hours * 3_600_000);
  return world.now.getTime();
};

test('a member has the roles of the groups that they are in, by name or external ID', async () => {
  const ada = await world.user('ada', { externalId: 'oid-1' });
  await world.group('chat-users', ada);
  await world.group('others', ada);
  expect((await world.roles.bySubject('sub-1', 'OID-1'))?.roles).toEqual(['member']);
  const admins = await world.group('Administrators', ada);
  await world.patch(`/Groups/${admins}`, { op: 'add', path: 'externalId', value: 'chat-admins' });
  expect((await world.roles.bySubject('sub-1', 'oid-1'))?.roles).toEqual(['member', 'admin']);
});

test('the name of a group that gives a role has its case', async () => {
  const ada = await world.user('ada', { externalId: 'oid-1' });
  await world.group('CHAT-USERS', ada);
  expect(await world.roles.bySubject('sub-1', 'oid-1')).toMatchObject({ roles: [] });
});

test('no entry is found by name, by a prefix, or without a link', async () => {
  await world.user('ada', { externalId: 'oid-1' });
  expect(await world.roles.bySubject('sub-1', 'ada')).toBeUndefined();
  expect(await world.roles.bySubject('sub-1', 'oid')).toBeUndefined();
  expect(await world.roles.bySubject('sub-1', '')).toBeUndefined();
  expect(await world.roles.ofMember('sub-1')).toBeUndefined();
});

test('a user who is created again under the same name is another person', async () => {
  const ada = await world.user('ada', { externalId: 'oid-1' });
  await world.group('chat-users', ada);
  await world.roles.bySubject('sub-1', 'oid-1');
  await world.call('DELETE', `/Users/${ada}`);
  const other = await world.user('ada', { externalId: 'oid-2' });
  expect(await world.roles.bySubject('sub-1', 'oid-1')).toBeUndefined();
  // A key of the first person doesn't become one of the second.
  expect(await world.roles.ofMember('sub-1')).toBeUndefined();
  // Nor are the memberships of the first those of the second.
  expect(await world.roles.bySubject('sub-2', 'oid-2')).toMatchObject({ roles: [], user: { id: other } });
});

test('a role is held since the latest of what gives it', async () => {
  const ada = await world.user('ada', { externalId: 'oid-1' });
  const since = async () => (await world.roles.bySubject('sub-1', 'oid-1'))?.since;
  const joined = later(1);
  const group = await world.group('chat-users', ada);
  expect(await since()).toEqual({ member: joined });
  later(1);
  // Already a member: the time stays.
  await world.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: ada }] });
  expect(await since()).toEqual({ member: joined });
  const renamed = later(1);
  await world.patch(`/Groups/${group}`, { op: 'replace', path: 'displayName', value: 'chat-admins' });
  expect(await since()).toEqual({ admin: renamed });
  later(1);
  await world.patch(`/Users/${ada}`, { op: 'replace', path: 'active', value: false });
  expect(await since()).toEqual({});
  const enabled = later(1);
  await world.patch(`/Users/${ada}`, { op: 'replace', path: 'active', value: true });
  expect(await since()).toEqual({ admin: enabled });
  later(1);
  // Another name is no other person.
  await world.patch(`/Users/${ada}`, { op: 'replace', path: 'userName', value: 'ada2' });
  expect(await since()).toEqual({ admin: enabled });
});

test('an external ID that is set late makes no role older than it', async () => {
  const old = await world.user('old', { externalId: undefined });
  const group = await world.group('chat-admins', old);
  const named = later(48);
  await world.patch(`/Users/${old}`, { op: 'add', path: 'externalId', value: 'oid-1' });
  expect((await world.roles.bySubject('sub-1', 'oid-1'))?.since).toEqual({ admin: named });
  later(1);
  await world.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: old }] });
  await world.patch(`/Users/${old}`, { op: 'add', path: 'externalId', value: 'oid-1' });
  expect((await world.roles.bySubject('sub-1', 'oid-1'))?.since).toEqual({ admin: named });
});

test('members are listed once they have used the workspace, in pages', async () => {
  for (const name of ['a', 'b', 'c']) await world.user(name, { externalId: name });
  for (const name of ['a', 'b']) await world.roles.bySubject(`sub-${name}`, name);
  const first = await world.roles.page(1);
  expect(first).toMatchObject({ members: [{ member: 'sub-a' }], last: 'sub-a' });
  expect((await world.roles.page(5, first.last)).members).toMatchObject([{ member: 'sub-b', user: { userName: 'b' } }]);
});

test('an erasure deletes the rows of the member and no others, and a later push starts again', async () => {
  const [ada, bob] = [await world.user('ada', { externalId: 'a' }), await world.user('bob', { externalId: 'b' })];
  const group = await world.group('chat-users', ada, bob);
  await world.roles.bySubject('sub-a', 'a');
  await world.roles.bySubject('sub-b', 'b');
  expect(await world.directory.count('sub-a')).toBe(3);
  expect(await world.directory.erase('sub-a')).toBe(3);
  expect(await world.directory.erase('sub-a')).toBe(0);
  expect(await world.roles.bySubject('sub-a', 'a')).toBeUndefined();
  expect(await world.directory.memberships.membersOf(group)).toEqual([bob]);
  expect((await world.roles.bySubject('sub-b', 'b'))?.roles).toEqual(['member']);
  const rows = await world.directory.users();
  expect(withoutRandomIds(rows)).not.toContain('ada');
  // The identity system gets a 404 for the erased user, and creates them again.
  expect((await world.patch(`/Users/${ada}`, { op: 'replace', path: 'active', value: true })).status).toBe(404);
  await world.user('ada', { externalId: 'a' });
  expect(await world.roles.bySubject('sub-a', 'a')).toMatchObject({ roles: [] });
});

test('an erasure finds the user that SCIM has created again, though the member has not signed in since', async () => {
  const first = await world.user('ada', { externalId: 'a' });
  await world.roles.bySubject('sub-a', 'a');
  await world.call('DELETE', `/Users/${first}`);
  const again = await world.user('ada', { externalId: 'A' });
  const bob = await world.user('bob', { externalId: 'b' });
  const group = await world.group('chat-users', again, bob);
  expect(await world.directory.count('sub-a')).toBe(3);
  expect(await world.directory.erase('sub-a')).toBe(3);
  expect(await world.directory.count('sub-a')).toBe(0);
  expect((await world.directory.users()).map(({ id }) => id)).toEqual([bob]);
  expect(await world.directory.memberships.membersOf(group)).toEqual([bob]);
});

test('what was sent since an erasure stays, and a later erasure finds it', async () => {
  await world.user('ada', { externalId: 'a' });
  await world.roles.bySubject('sub-a', 'a');
  await world.directory.erase('sub-a');
  const emptied = later(1);
  const again = await world.user('ada', { externalId: 'a' });
  const group = await world.group('chat-users', again);
  expect(await world.directory.erase('sub-a', emptied)).toBe(0);
  await world.roles.bySubject('sub-a', 'a');
  expect(await world.directory.erase('sub-a', emptied)).toBe(0);
  expect(await world.roles.ofMember('sub-a')).toMatchObject({ roles: ['member'], user: { id: again } });
  expect(await world.directory.memberships.membersOf(group)).toEqual([again]);
  // A user who was there before goes, also after the erasure's first step.
  expect(await world.directory.erase('sub-a', emptied + 1)).toBe(3);
  expect(await world.directory.users()).toEqual([]);
});

test('an erasure of a member who was deleted before deletes the link', async () => {
  const ada = await world.user('ada', { externalId: 'a' });
  await world.roles.bySubject('sub-a', 'a');
  await world.call('DELETE', `/Users/${ada}`);
  expect(await world.directory.erase('sub-a')).toBe(1);
  expect(await world.directory.count('sub-a')).toBe(0);
});

test('a decision takes two reads, however many users and groups there are', async () => {
  const users = await Promise.all(
    Array.from({ length: 30 }, (_, at) => world.user(`u${at}`, { externalId: `e${at}` })),
  );
  for (let at = 0; at < 10; at++) await world.group(`g${at}`, ...users);
  await world.group('chat-users', ...users);
  await world.roles.bySubject('sub-1', 'e1');
  const send = jest.spyOn(world.client, 'send');
  expect((await world.roles.bySubject('sub-1', 'e1'))?.roles).toEqual(['member']);
  expect(send.mock.calls.map(([command]) => command.constructor.name)).toEqual([
    'BatchGetItemCommand',
    'BatchGetItemCommand',
  ]);
});
