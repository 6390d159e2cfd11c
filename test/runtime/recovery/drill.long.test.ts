import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type OpenAI from 'openai';
import { BranchKeyErasure } from '@/lib/runtime/workspace/keyring/branch-key-erasure';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { LocalRecovery } from './support/local-recovery';

const model = 'assistant';
const LARGE = 'x'.repeat(400_000);
const NOTHING_WRONG = { withoutKey: 0, missing: 0, unreadable: 0 };

let local: LocalContent;
let recovery: LocalRecovery;
beforeEach(() => {
  local = new LocalContent();
  recovery = new LocalRecovery(local);
});
afterEach(() => {
  recovery.close();
  local.close();
});

const openaiOf = (user: string): OpenAI =>
  local.openai(user, local.gateway({ window: { tokens: 1_000_000, bytes: 8_000_000 } }));

async function fill(user: string): Promise<void> {
  const openai = openaiOf(user);
  const { id: conversation } = await openai.conversations.create({ metadata: { topic: 'x' } });
  await openai.responses.create({ model, input: 'Guten Tag', conversation });
  await openai.responses.create({ model, input: LARGE, conversation });
}

test('a drill decrypts rows and objects of the replica, and reports their number, their members and their age', async () => {
  await fill('ada');
  await fill('eve');
  await recovery.replicate();
  await recovery.copyKeys();
  const report = await recovery.drill();
  expect(report).toEqual({
    rows: { read: report.rows.read, decrypted: report.rows.read, ...NOTHING_WRONG },
    objects: { read: 4, decrypted: 4, ...NOTHING_WRONG },
    members: 2,
    newest: '2026-11-27T00:00:00.000Z',
  });
  expect(report.rows.read).toBeGreaterThan(4);
  expect(JSON.stringify(report)).not.toMatch(/"(ada|eve)|Guten|xxx/);
});

test('a drill makes no call to the primary Region', async () => {
  await fill('ada');
  await recovery.replicate();
  await recovery.copyKeys();
  local.close();
  expect((await recovery.drill()).rows.decrypted).toBeGreaterThan(2);
  local = new LocalContent();
});

test('without the replica’s keys, a drill decrypts nothing and reports that', async () => {
  await fill('ada');
  await recovery.replicate();
  const { rows, objects } = await recovery.drill();
  expect([rows.decrypted, objects.decrypted]).toEqual([0, 0]);
  expect([rows.withoutKey, objects.withoutKey]).toEqual([rows.read, 2]);
});

test('a drill finds no key for the remaining rows of an erased user', async () => {
  await fill('ada');
  await fill('eve');
  await recovery.replicate();
  await recovery.copyKeys();
  await new BranchKeyErasure(local.keyStore()).destroy('ada');
  await recovery.stores().keys.destroy('ada');
  const { rows, members } = await recovery.drill();
  expect(members).toBe(2);
  expect(rows.withoutKey).toBe(rows.read / 2);
  expect(rows.decrypted).toBe(rows.read / 2);
});

test('a drill distinguishes an object that has not arrived from an unreadable one', async () => {
  await fill('ada');
  await recovery.replicate();
  await recovery.copyKeys();
  for (const { Key } of await recovery.versions('content/')) {
    await recovery.bucket.client.send(new DeleteObjectCommand({ Bucket: recovery.bucket.name, Key }));
  }
  expect((await recovery.drill()).rows).toMatchObject({ missing: 2, unreadable: 0 });
});

test('a drill reports moved or changed content as unreadable', async () => {
  await fill('ada');
  await recovery.replicate();
  await recovery.copyKeys();
  const rows = (await recovery.backup('content')).filter(({ content }) => content !== undefined);
  const [one, other] = rows;
  await recovery.restore('content', [
    { ...one, content: other?.content } as never,
    { ...other, content: { B: Buffer.from('x') } } as never,
  ]);
  expect((await recovery.drill()).rows).toMatchObject({ unreadable: 2, withoutKey: 0 });
});

test('a sample is no larger than requested, and wraps around the end of the table', async () => {
  await fill('ada');
  await fill('eve');
  await recovery.replicate();
  await recovery.copyKeys();
  expect((await recovery.drill({ rows: 2 })).rows.read).toBe(2);
  for (const start of ['user#bob', 'user#zoe']) expect((await recovery.drill({ rows: 100, start })).members).toBe(2);
});

test('a drill reads only a few rows and objects of each member', async () => {
  const openai = openaiOf('ada');
  for (let nth = 0; nth < 9; nth++) await openai.responses.create({ model, input: `${nth}` });
  for (let nth = 0; nth < 3; nth++) await openai.responses.create({ model, input: LARGE });
  await recovery.replicate();
  await recovery.copyKeys();
  expect((await recovery.versions('content/')).length).toBeGreaterThan(2);
  const { rows, objects } = await recovery.drill();
  expect([rows.read, objects.read]).toEqual([5, 2]);
});

test('an unavailable store is an error, not a result', async () => {
  await fill('ada');
  await recovery.replicate();
  const drilled = recovery.drill({
    table: { client: { send: async () => Promise.reject(new Error('down')) } as never, name: 'x' },
  });
  await expect(drilled).rejects.toThrow('down');
});
