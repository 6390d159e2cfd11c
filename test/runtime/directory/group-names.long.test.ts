import { membershipRow } from '@/lib/contract/directory';
import { DirectoryTable, MOST_WRITES } from '@/lib/runtime/directory/directory-table';
import { MOST_GROUPS_OF_USER } from '@/lib/runtime/directory/group-names';
import { chunks } from '@/lib/runtime/directory/in-turns';
import { toGroupItem } from '@/lib/runtime/directory/records';
import { GROUP, ScimWorld } from '@/test/runtime/scim/support/scim-world';

let world: ScimWorld;
beforeEach(() => {
  world = new ScimWorld();
});
afterEach(() => world.close());

const groupsOf = async (subject = 'ext-ada') =>
  [...((await world.withGroups.bySubject(`sub-${subject}`, subject))?.groups ?? ['no entry'])].sort();
const rename = (group: string, displayName: string) =>
  world.patch(`/Groups/${group}`, { op: 'replace', path: 'displayName', value: displayName });
const remove = (group: string, user: string) =>
  world.patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${user}"]` });

test('a member is in the groups of which SCIM sends them as a member, with a token and without', async () => {
  const [ada, bob] = [await world.user('ada'), await world.user('bob')];
  await world.group('chat-users', ada, bob);
  await world.group('physics', ada);
  await world.group('chemistry', bob);
  expect(await groupsOf()).toEqual(['chat-users', 'physics']);
  expect(await groupsOf('ext-bob')).toEqual(['chat-users', 'chemistry']);
  expect((await world.withGroups.ofMember('sub-ext-ada'))?.groups).toHaveLength(2);
  // Who decides on roles only doesn't read them.
  expect(await world.roles.ofMember('sub-ext-ada')).not.toHaveProperty('groups');
});

test('a member who is removed is in the group no more, and a renamed group has its new name only', async () => {
  const ada = await world.user('ada');
  const physics = await world.group('physics', ada);
  const chat = await world.group('chat-users', ada);
  await rename(physics, 'Astronomy');
  expect(await groupsOf()).toEqual(['Astronomy', 'chat-users']);
  await rename(chat, 'former chat');
  expect(await groupsOf()).toEqual(['Astronomy', 'former chat']);
  await remove(physics, ada);
  expect(await groupsOf()).toEqual(['former chat']);
});

test('of two groups with one name the second is refused, and one that has the name of a deleted group has its own members', async () => {
  const [ada, bob] = [await world.user('ada'), await world.user('bob')];
  const first = await world.group('physics', ada);
  await expect(world.group('Physics', bob)).rejects.toThrow('uniqueness');
  expect((await world.call('DELETE', `/Groups/${first}`)).status).toBe(204);
  expect(await groupsOf()).toEqual([]);
  await world.group('physics', bob);
  expect([await groupsOf(), await groupsOf('ext-bob')]).toEqual([[], ['physics']]);
});

test('a group whose deletion was interrupted has no members, though its rows are there', async () => {
  const [ada, bob] = [await world.user('ada'), await world.user('bob')];
  const id = await world.group('physics', ada);
  const before = await world.directory.group(id);
  if (before === undefined) throw new Error('no group');
  await world.directory.writeGroup({ ...before, version: before.version + 1, isEnding: true }, before);
  expect(await world.directory.memberships.membersOf(id)).toEqual([ada]);
  await world.group('physics', bob);
  expect([await groupsOf(), await groupsOf('ext-bob')]).toEqual([[], ['physics']]);
});

test('a group has its display name, as it is written, and not its external ID', async () => {
  const ada = await world.user('ada');
  const sent = { schemas: [GROUP], displayName: 'Physics 1', externalId: 'physics-1', members: [{ value: ada }] };
  expect((await world.call('POST', '/Groups', sent)).status).toBe(201);
  expect(await groupsOf()).toEqual(['Physics 1']);
});

test('an inactive user is in no group', async () => {
  const ada = await world.user('ada');
  await world.group('physics', ada);
  await world.patch(`/Users/${ada}`, { op: 'replace', path: 'active', value: false });
  expect(await world.withGroups.bySubject('sub-1', 'ext-ada')).toMatchObject({ groups: [], user: { active: false } });
});

/** Groups with one member, without the requests of SCIM, which would take longer. */
async function inGroups(user: string, ids: readonly string[]): Promise<void> {
  const table = new DirectoryTable({ client: world.client, name: 'directory' });
  const times = { created: 1, changed: 1, namedSince: 1, version: 1 };
  const rows = ids.flatMap((id, at) => [
    { put: toGroupItem({ id, displayName: `group ${at}`, ...times }) },
    { put: { ...membershipRow(user, id), since: { N: '1' } } },
  ]);
  for (const some of chunks(rows, MOST_WRITES)) await table.write(some);
}
const ids = (count: number) => Array.from({ length: count }, (_, at) => `!${`${at}`.padStart(12, '0')}`);

test('a member of 200 groups is in all of them, for one query more and one read of each hundred of groups', async () => {
  const ada = await world.user('ada');
  await inGroups(ada, ids(200));
  await world.group('chat-users', ada);
  await world.withGroups.bySubject('sub-1', 'ext-ada');
  const send = jest.spyOn(world.client, 'send');
  expect((await world.withGroups.bySubject('sub-1', 'ext-ada'))?.groups).toHaveLength(201);
  const commands = send.mock.calls.map(([command]) => command.constructor.name);
  expect(commands.sort()).toEqual([...Array.from({ length: 4 }, () => 'BatchGetItemCommand'), 'QueryCommand']);
  // However many members a group has: nothing lists them.
  expect(JSON.stringify(send.mock.calls.map(([{ input }]) => input))).not.toContain('members#');
});

test('of more groups than are read, the member is in as many as are, and keeps every role', async () => {
  const ada = await world.user('ada');
  await inGroups(ada, ids(MOST_GROUPS_OF_USER + 1));
  const chat = await world.group('chat-users');
  // The last in the order in which they are read.
  await world.directory.memberships.add(chat, [ada], 1);
  const entry = await world.withGroups.bySubject('sub-1', 'ext-ada');
  expect(entry?.groups).toHaveLength(MOST_GROUPS_OF_USER);
  expect(entry?.roles).toEqual(['member']);
});
