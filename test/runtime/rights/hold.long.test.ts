import { toFile } from 'openai';
import { REQUEST_MS } from '@/lib/runtime/rights/steps/windows';
import { LocalContent } from '../workspace/conversations/support/local-content';

const model = 'assistant';
const DAY_MS = 86_400_000;
const retentionDays = 30;

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const openaiOf = (user = 'ada') => local.openai(user, local.gateway({ retentionDays }));
const rightsOf = (days: number | undefined = retentionDays) => local.rights({ retentionDays: days });

/** Runs a job to its end, past the wait for running requests. */
async function done(id: string, days?: number): Promise<void> {
  await rightsOf(days).runner.run(id);
  local.time += REQUEST_MS;
  expect((await rightsOf(days).runner.run(id)).actor).toBeUndefined();
}

const statusOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    ({ status, code }) => `${status} ${code}`,
  );

const days = async (user = 'ada') => {
  const expiries = (await local.rows(user)).map(({ expiresAt }) =>
    expiresAt?.N === undefined ? 'kept' : Math.round((Number(expiresAt.N) * 1_000 - local.time) / DAY_MS),
  );
  return [...new Set(expiries)];
};

test('a hold on a user suspends expiry and deletion of existing and new content', async () => {
  const openai = openaiOf();
  const { id: conversation } = await openai.conversations.create();
  const { id: response } = await openai.responses.create({ model, input: 'one', conversation });
  expect(await days()).toEqual([30]);
  const { hold, job } = await rightsOf().placeHold({ user: 'ada', reason: 'case 7', by: 'root' });
  expect(await statusOf(openai.conversations.delete(conversation))).toBe('409 legal_hold');
  expect(await statusOf(openai.responses.delete(response))).toBe('409 legal_hold');
  await done(job.id);
  await openai.responses.create({ model, input: 'two', conversation });
  expect(await days()).toEqual(['kept']);
  local.time += 400 * DAY_MS;
  const { data } = await openai.conversations.items.list(conversation);
  expect(data).toHaveLength(4);
  // A later write doesn't drop content that is older than the retention period.
  await openai.responses.create({ model, input: 'three', conversation });
  expect((await openai.conversations.items.list(conversation)).data).toHaveLength(6);

  const released = await rightsOf().releaseHold(hold.id, 'other');
  await done(released?.job?.id ?? '');
  expect(await days()).toEqual([30, -370]);
  expect(await statusOf(openai.conversations.delete(conversation))).toBe(200);
});

test('a hold on a conversation doesn’t affect other conversations', async () => {
  const openai = openaiOf();
  const { id: held } = await openai.conversations.create();
  const { id: other } = await openai.conversations.create();
  for (const conversation of [held, other]) await openai.responses.create({ model, input: 'one', conversation });
  const { job } = await rightsOf().placeHold({ user: 'ada', conversation: held, reason: 'case 7', by: 'root' });
  await done(job.id);
  await openai.responses.create({ model, input: 'two', conversation: held });
  const kept = (await local.rows()).filter(({ expiresAt }) => expiresAt === undefined);
  const about = kept.map(({ sk, line }) => line?.S ?? sk?.S?.split('#')[1]);
  expect(new Set(about.filter((id) => id?.startsWith('conv_')))).toEqual(new Set([held]));
  expect(await statusOf(openai.conversations.delete(held))).toBe('409 legal_hold');
  const { data } = await openai.conversations.items.list(held);
  expect(await statusOf(openai.conversations.items.delete(data[0]?.id ?? '', { conversation_id: held }))).toBe(
    '409 legal_hold',
  );
  expect(await statusOf(openai.conversations.delete(other))).toBe(200);
});

test('a hold removes the expiry tag from the user’s objects, and its release restores the tag', async () => {
  const client = local.openai('ada', local.gateway({ retentionDays, window: { tokens: 1_000_000, bytes: 8_000_000 } }));
  const large = () => client.conversations.create({ items: [{ role: 'user', content: 'x'.repeat(400_000) }] });
  const { id: conversation } = await large();
  await local
    .openai('eve')
    .files.create({ file: await toFile(Buffer.from('of eve'), 'note.txt'), purpose: 'user_data' });
  expect(await local.tags()).toEqual({ ada: ['residency-expires=yes'], eve: ['residency-expires=yes'] });
  const { hold, job } = await rightsOf().placeHold({ user: 'ada', conversation, reason: 'case 7', by: 'root' });
  await done(job.id);
  expect(await local.tags()).toEqual({ ada: [''], eve: ['residency-expires=yes'] });
  // Content that is added during the hold stays too, and other conversations continue as before.
  await client.responses.create({ model, input: 'y'.repeat(400_000), conversation });
  expect(new Set((await local.tags()).ada)).toEqual(new Set(['']));
  const released = await rightsOf().releaseHold(hold.id, 'root');
  await done(released?.job?.id ?? '');
  expect(new Set((await local.tags()).ada)).toEqual(new Set(['residency-expires=yes']));
});

test('under a hold on one conversation, new files stay and can’t be deleted, since they may belong to it', async () => {
  const client = openaiOf();
  const { id: conversation } = await client.conversations.create();
  const { job } = await rightsOf().placeHold({ user: 'ada', conversation, reason: 'case 7', by: 'root' });
  await done(job.id);
  const file = await client.files.create({ file: await toFile(Buffer.from('one'), 'note.txt'), purpose: 'user_data' });
  expect(await local.tags()).toEqual({ ada: [''] });
  const [row] = (await local.rows()).filter(({ sk }) => sk?.S === `file#${file.id}`);
  expect(row).toBeDefined();
  expect(row?.expiresAt).toBeUndefined();
  expect(await statusOf(client.files.delete(file.id))).toBe('409 legal_hold');
});

test('a user on hold can’t be erased, and an erased user can’t be put on hold', async () => {
  const rights = rightsOf();
  const { hold } = await rights.placeHold({ user: 'ada', reason: 'case 7', by: 'root' });
  await expect(rights.erase('ada', 'root')).rejects.toThrow(
    `nothing is erased while it is on hold: ${hold.id} by root of 2026-11-27, case 7; release it first`,
  );
  await rights.releaseHold(hold.id, 'root');
  await rights.erase('ada', 'root');
  await expect(rights.placeHold({ user: 'ada', reason: 'late', by: 'root' })).rejects.toThrow(
    'is being erased, or has been',
  );
});

test('holds are listed with administrator, time and reason, also after their release', async () => {
  const rights = rightsOf();
  const { hold } = await rights.placeHold({ user: 'ada', reason: 'case 7', by: 'root' });
  local.time += 1_000;
  await rights.releaseHold(hold.id, 'other');
  await rights.releaseHold(hold.id, 'third');
  expect((await rights.holds({ limit: 10 })).holds).toEqual([{ ...hold, releasedBy: 'other', releasedAt: local.time }]);
  expect(await rights.releaseHold(`hold_${'0'.repeat(32)}`, 'root')).toBeUndefined();
});

test('an erasure requires the release of both holds', async () => {
  const rights = rightsOf();
  const holds = [];
  for (const reason of ['one', 'two'])
    holds.push((await rights.placeHold({ user: 'ada', reason, by: 'root' })).hold.id);
  await rights.releaseHold(holds[0] ?? '', 'root');
  await expect(rights.erase('ada', 'root')).rejects.toThrow('on hold');
  await rights.releaseHold(holds[1] ?? '', 'root');
  expect((await rights.erase('ada', 'root')).state).toBe('erasing');
});

test('a changed retention period applies to stored content of all users who aren’t on hold', async () => {
  await openaiOf('ada').responses.create({ model, input: 'one' });
  for (let n = 0; n < 210; n++) {
    await openaiOf('eve').responses.create({ model, input: `${n}`, store: n < 2 });
  }
  const { job } = await rightsOf().placeHold({ user: 'ada', reason: 'case 7', by: 'root' });
  await done(job.id);
  const change = await rightsOf(7).retain(undefined, 'root');
  await done(change.id, 7);
  expect(await days('ada')).toEqual(['kept']);
  expect(await days('eve')).toEqual([7]);
});

test.each(['before', 'after'] as const)(
  'a hold that is killed %s each call in turn is placed completely or not at all',
  async (fault) => {
    for (let nth = 1, reached = true; reached; nth++) {
      const user = `ada-${nth}`;
      await openaiOf(user).responses.create({ model, input: 'one' });
      const place = async () => {
        const { job } = await rightsOf().placeHold({ user, reason: 'case 7', by: 'root' });
        await rightsOf().runner.run(job.id);
      };
      reached = await local.faults.killAt(nth, fault, place);
      const placed = (await rightsOf().holds({ limit: 100 })).holds.filter((hold) => hold.user === user).length;
      const isRefused = await rightsOf()
        .erase(user, 'root')
        .then(
          () => false,
          () => true,
        );
      expect(isRefused).toBe(placed > 0);
      if (placed === 0) continue;
      for (const job of await rightsOf().list()) if (job.user === user) await rightsOf().runner.run(job.id);
      expect(await days(user)).toEqual(['kept']);
    }
  },
);
