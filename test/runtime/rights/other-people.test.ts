import { isAnnounced } from '@/lib/runtime/rights/jobs/job';
import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import type { Membership } from '@/lib/runtime/workspace/identity/membership';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { rolesOf } from './support/rights-process';

// The short form of `other-people.long.test.ts`: one workspace, in which time goes on.
const DAY_MS = 86_400_000;
const HANDED = { recipient: 'heir', reason: 'case 9' };

const local = new LocalContent();
afterAll(() => local.close());

const members = new Map<string, Membership>();
const memberships = { of: async (member: string) => members.get(member) };
const rights = () => local.rights({ rules: rulesOf({}), roles: rolesOf(memberships) });

async function open(user: string, id: string): Promise<string | number> {
  const headers = { authorization: `Bearer ${user}` };
  const response = await local.gateway().fetch(new Request(`https://gateway.test/v1/exports/${id}`, { headers }));
  return response.ok ? ((await response.text()).match(/KENNWORT/)?.[0] ?? 'nothing') : response.status;
}

test('three independent people hand over content after a delay, and the user can cancel until then', async () => {
  await local.openai('ada').conversations.create({ metadata: { topic: 'KENNWORT' } });
  members.set('puppet', { roles: { admin: { at: 1, isCurrent: true } }, givers: ['first'] });
  const jobs = [await rights().export('ada', 'first', HANDED), await rights().export('ada', 'first', HANDED)];
  const [handed, cancelled] = jobs.map(({ id }) => id) as [string, string];
  for (const id of [handed, cancelled]) await rights().runner.run(id);
  await expect(rights().releaseExport(handed, 'second')).rejects.toMatchObject({ reason: 'early' });
  expect(await rights().cancelOwn(cancelled, 'ada')).toMatchObject({ state: 'called-off' });
  local.time += 3 * DAY_MS;
  await expect(rights().releaseExport(cancelled, 'second')).rejects.toMatchObject({ reason: 'unreleasable' });
  await expect(rights().releaseExport(handed, 'puppet')).rejects.toMatchObject({ reason: 'related' });
  expect(await open('heir', handed)).toBe(404);
  await rights().releaseExport(handed, 'second');
  await rights().runner.run(handed);
  expect([await open('heir', handed), await open('puppet', handed)]).toEqual(['KENNWORT', 404]);
});

test('another person’s erasure waits and can be cancelled, and the user’s own takes effect at once', async () => {
  const { id, state } = await rights().erase('ada', 'first');
  expect(state).toBe('waiting');
  expect(await rights().cancel(id, 'second')).toMatchObject({ state: 'called-off' });
  expect(await rights().erase('ada', 'ada')).toMatchObject({ state: 'erasing' });
});

test('the closure of a workspace is announced, and its cancellation and a last export aren’t', async () => {
  const closure = await rights().close('first', 7);
  expect(isAnnounced(closure)).toBe(true);
  await rights().runner.run(closure.id);
  const others = (await rights().list()).filter(({ figures }) => figures.closing === closure.id);
  expect([others.length > 0, others.some(isAnnounced)]).toEqual([true, false]);
  const cancelled = await rights().cancel(closure.id, 'second');
  expect([cancelled?.state, cancelled && isAnnounced(cancelled)]).toEqual(['called-off', false]);
});
