import type { DirectoryEntry } from '@/lib/runtime/directory/directory-roles';
import { CachedDirectory } from '@/lib/runtime/workspace/identity/member-directory';
import { KeyWorkspace } from './support/key-workspace';

/** What SCIM says of a member; undefined once it has removed them. */
let entry: DirectoryEntry | undefined;
const active = (roles: DirectoryEntry['roles']) => ({ user: { active: true }, since: {}, roles }) as never;

const workspace = new KeyWorkspace();
const ofMember = jest.fn<Promise<DirectoryEntry | undefined>, []>();
const directory = () => new CachedDirectory({ ofMember, bySubject: ofMember }, () => workspace.local.time);

beforeEach(() => {
  entry = active(['member']);
  ofMember.mockImplementation(async () => entry);
});

test.each<[string, () => DirectoryEntry | undefined, string]>([
  ['that SCIM removed', () => undefined, '403 member_not_provisioned'],
  ['that SCIM disabled', () => ({ user: { active: false }, since: {}, roles: [] }) as never, '403 member_disabled'],
  ['who left the group of members', () => active(['auditor']), '403 role_refused'],
])('the key of a member %s stops within 60 seconds, whatever their last token said', async (_, change, refusal) => {
  const process = workspace.process(30, directory());
  const { key } = await process.create('ada');
  await process.seen({ id: 'ada' });
  expect(await process.chat(key)).toBe('200');
  entry = change();
  workspace.local.time += 59_000;
  expect(['200', refusal]).toContain(await process.chat(key));
  workspace.local.time += 1_000;
  expect(await process.chat(key)).toBe(refusal);
  entry = active(['member']);
  workspace.local.time += 60_000;
  expect(await process.chat(key)).toBe('200');
});

test('a directory that can not be read admits no key', async () => {
  const process = workspace.process(30, directory());
  const { key } = await process.create('ada');
  const reading = ofMember.mockRejectedValue(new Error('unreachable'));
  expect(await process.chat(key)).toBe('503 members_unavailable');
  reading.mockResolvedValue(entry);
  expect(await process.chat(key)).toBe('200');
});

test('names of groups have a bounded place in the cache, so members in very many of them are read again', async () => {
  ofMember.mockClear();
  const cached = directory();
  const groups = new Array(250_000).fill('a group');
  entry = { user: { active: true }, since: {}, roles: ['member'], groups } as never;
  for (const member of ['ada', 'bob', 'ada', 'bob']) await cached.of(member);
  expect(ofMember).toHaveBeenCalledTimes(2);
  await cached.of('eve');
  await cached.of('ada');
  expect(ofMember).toHaveBeenCalledTimes(4);
});
