import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { PolicyCourse } from '@/lib/contract/courses';
import type { DirectoryEntry } from '@/lib/runtime/directory/directory-roles';
import { CachedDirectory } from '@/lib/runtime/workspace/identity/member-directory';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { DAY, type KeyProcess, KeyWorkspace, resultOf } from './support/key-workspace';

const ALGEBRA: PolicyCourse = { id: 'algebra', group: 'algebra-2026', models: ['assistant'], until: '2026-12-31' };
const LAW: PolicyCourse = { id: 'law', group: 'law', until: '2026-11-30' };

let workspace: KeyWorkspace;
beforeEach(() => {
  workspace = new KeyWorkspace();
});
afterEach(() => workspace.local.close());

/** A process in which Ada's tokens name the group of one course. */
function start(courses: PolicyCourse[] = [ALGEBRA, LAW]): KeyProcess {
  const process = workspace.process(undefined, undefined, { courses });
  process.namesGroups('ada', 'algebra-2026', 'members');
  return process;
}

const create = (process: KeyProcess, body: object) =>
  process.send('ada', '/v1/keys', { method: 'POST', body: { name: 'x', ...body } });

test('a key names a course of its member, is listed with it, and uses its models only', async () => {
  const process = start();
  const { key, id } = await process.create('ada', { course: 'algebra' });
  expect(await process.chat(key)).toBe('200');
  expect(await process.chat(key, 'embed')).toBe('404 model_not_found');
  expect((await process.send('ada', '/v1/keys')).json.data).toMatchObject([{ id, course: 'algebra' }]);
  const { key: own } = await process.create('ada');
  expect((await process.send(own, '/key/v1/models')).json.data).toHaveLength(2);
});

test.each([
  ['that is not theirs', 'law'],
  ['that does not exist', 'physics'],
])('no key is created for a course %s, with the same answer', async (_, course) => {
  const { status, json } = await create(start(), { course });
  expect([status, json.error]).toEqual([
    400,
    expect.objectContaining({ code: 'invalid_value', param: 'course', message: expect.stringContaining(': algebra;') }),
  ]);
});

test('a key has no model that its course lacks', async () => {
  const { json } = await create(start(), { course: 'algebra', models: ['embed'] });
  expect(json.error).toMatchObject({ code: 'invalid_value', param: 'models[0]' });
  expect(json.error.message).toMatch("a model of the course 'algebra': assistant;");
});

test('a key stops after the last day of its course, which the list and the answers announce', async () => {
  const { local } = workspace;
  const process = start();
  process.namesGroups('ada', 'law');
  const { key, stops_at } = await process.create('ada', { course: 'law' });
  const end = Date.UTC(2026, 11, 1);
  expect(stops_at).toBe(end / 1_000);
  const { headers } = await process.send(key, '/key/v1/models');
  expect(headers.get('x-residency-key-stops')).toBe('2026-12-01T00:00:00.000Z');
  local.time = end - 1;
  expect(await process.chat(key)).toBe('200');
  local.time = end;
  expect(await process.chat(key)).toBe('403 course_ended');
  expect(resultOf(await create(process, { course: 'law' }))).toBe('403 course_ended');
  expect((await create(process, { course: 'none' })).json.error.message).toMatch('you are in none now');
});

test('a key stops within 60 seconds when a token no longer names the group, in every process', async () => {
  const { local } = workspace;
  const [one, other] = [start(), start()];
  const { key } = await one.create('ada', { course: 'algebra' });
  expect(await other.chat(key)).toBe('200');
  local.time += 60_000;
  const before = local.time / 1_000;
  one.namesGroups('ada', 'members');
  await one.seen({ id: 'ada' });
  local.time += 60_000;
  expect([await one.chat(key), await other.chat(key)]).toEqual(['403 course_refused', '403 course_refused']);
  // A token that was issued before doesn't bring it back, a newer one does.
  await other.seen({ id: 'ada', signedInAt: before, issuedAt: before - 1 });
  local.time += 60_000;
  expect(await other.chat(key)).toBe('403 course_refused');
  one.namesGroups('ada', 'algebra-2026');
  await one.seen({ id: 'ada' });
  local.time += 60_000;
  expect(await other.chat(key)).toBe('200');
});

test.each([['before the first key'], ['with another key']])(
  'the newest token of a session decides, also in a process that saw the same %s',
  async (when) => {
    const { local } = workspace;
    const [one, other] = [start(), start()];
    const signedInAt = local.time / 1_000;
    if (when === 'with another key') await one.create('ada');
    const refresh = () => {
      local.time += 15 * 60_000;
    };
    refresh();
    one.namesGroups('ada', 'members');
    await one.seen({ id: 'ada', signedInAt });
    refresh();
    await other.seen({ id: 'ada', signedInAt });
    const { key } = await other.create('ada', { course: 'algebra' }, signedInAt * 1_000);
    expect([await one.chat(key), await other.chat(key)]).toEqual(['200', '200']);
    refresh();
    await one.seen({ id: 'ada', signedInAt });
    local.time += 60_000;
    expect([await one.chat(key), await other.chat(key)]).toEqual(['403 course_refused', '403 course_refused']);
  },
);

test('an older token that arrives later doesn’t let a member into a course', async () => {
  const { local } = workspace;
  const [one, other] = [start(), start()];
  const signedInAt = local.time / 1_000;
  one.namesGroups('ada', 'members');
  await one.create('ada');
  local.time += 60_000;
  const older = local.time / 1_000;
  local.time += 60_000;
  await one.seen({ id: 'ada', signedInAt });
  await other.seen({ id: 'ada', signedInAt, issuedAt: older });
  expect((await local.rows('ada'))[0]?.groups).toBeUndefined();
});

test('of the groups of a token, only those of courses are stored', async () => {
  await start().create('ada', { course: 'algebra' });
  const [row] = await workspace.local.rows('ada');
  expect(row?.groups).toEqual({ L: [{ S: 'algebra-2026' }] });
});

test('a course that the workspace has no longer is refused, and the member’s other keys work', async () => {
  const process = start();
  const [{ key }, { key: own }] = [await process.create('ada', { course: 'algebra' }), await process.create('ada')];
  const later = start([LAW]);
  expect([await later.chat(key), await later.chat(own)]).toEqual(['403 course_refused', '200']);
});

describe('with SCIM', () => {
  let entry: DirectoryEntry;
  const inGroups = (...groups: string[]) =>
    ({ user: { active: true }, since: {}, roles: ['member'], groups }) as unknown as DirectoryEntry;

  test('the directory decides who is in a course, whatever a token said', async () => {
    const { local } = workspace;
    entry = inGroups('algebra-2026');
    const of = async () => entry;
    const directory = new CachedDirectory({ ofMember: of, bySubject: of }, () => local.time);
    const process = workspace.process(undefined, directory, { courses: [ALGEBRA] });
    const { key } = await process.create('ada', { course: 'algebra' });
    expect(await process.chat(key)).toBe('200');
    expect((await local.rows('ada'))[0]?.groups).toBeUndefined();
    entry = inGroups();
    local.time += 60_000;
    expect(await process.chat(key)).toBe('403 course_refused');
    expect(resultOf(await create(process, { course: 'algebra' }))).toBe('400 invalid_value');
  });
});

describe('who can write to the table, but not decrypt,', () => {
  const keysOf = (row: Row) => Object.entries(row.keys?.M ?? {});
  const withCourse = (row: Row, course: AttributeValue | undefined): Row => {
    const changed = keysOf(row).map(([id, { M = {} }]) => {
      const { course: _, ...rest } = M;
      return [id, { M: { ...rest, ...(course && { course }) } }] as const;
    });
    return { ...row, keys: { M: Object.fromEntries(changed) } };
  };

  test.each<[string, AttributeValue | undefined]>([
    ['lets a key charge another course', { S: 'law' }],
    ['takes its course away', undefined],
  ])('%s: the key isn’t accepted any more', async (_, course) => {
    const { local } = workspace;
    const process = start();
    process.namesGroups('ada', 'algebra-2026', 'law');
    const { key } = await process.create('ada', { course: 'algebra' });
    expect(await process.chat(key)).toBe('200');
    const [row = {}] = await local.rows('ada');
    await local.restore('sciences', [withCourse(row, course)]);
    local.time += 60_000;
    expect(await process.chat(key)).toBe('401 invalid_api_key');
  });
});

test('the keys that were made before there were courses stay valid', async () => {
  const process = workspace.process();
  const { key } = await process.create('ada');
  const later = start();
  workspace.local.time += DAY;
  expect(await later.chat(key)).toBe('200');
});

test('an erasure deletes the course with the key', async () => {
  const { local } = workspace;
  await start().create('ada', { course: 'algebra' });
  const rights = local.rights();
  const { id } = await rights.erase('ada', 'root');
  await rights.runner.run(id);
  expect(await local.rows('ada')).toEqual([]);
});
