import { toFile } from 'openai';
import type { PolicyCourse } from '@/lib/contract/courses';
import { echoUpstream } from '@/lib/local/echo/echo';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { type KeyProcess, KeyWorkspace, resultOf } from './support/key-workspace';

const RESPONSE = { model: 'assistant', input: 'hi', background: true };
const BATCH = { input_file_id: 'file-1', endpoint: '/v1/responses', completion_window: '24h' };

test('a key without models or caps of its own has a response answered in the background', async () => {
  const process = new KeyWorkspace().process();
  const { key } = await process.create('ada');
  const { status, json } = await process.send(key, '/key/v1/responses', { method: 'POST', body: RESPONSE });
  expect([status, json.status]).toEqual([200, 'queued']);
});

test.each([
  { models: ['assistant'] },
  { limits: { requests_per_minute: 100 } },
  { limits: { tokens_per_day: 1_000_000 } },
  { limits: { tokens_per_month: 1_000_000 } },
])('a worker would not know of %j, so nothing of such a key runs in the background', async (limits) => {
  const workspace = new KeyWorkspace();
  const process = workspace.process();
  const { key } = await process.create('ada', limits);
  const sent = async (path: string, body: object) => resultOf(await process.send(key, path, { method: 'POST', body }));
  expect(await sent('/key/v1/responses', RESPONSE)).toBe('403 key_restricted');
  expect(await sent('/key/v1/batches', BATCH)).toBe('403 key_restricted');
  expect(await process.chat(key)).toBe('200');
  expect(await workspace.local.backup('sciences-job-queue')).toEqual([]);
});

/** Sends a response by a key or a token, and lets a worker run it after something else has happened. */
async function ended(workspace: KeyWorkspace, process: KeyProcess, credential: string, before: () => unknown) {
  const tree = credential.includes('.') ? '/key/v1' : '/v1';
  const { json } = await process.send(credential, `${tree}/responses`, { method: 'POST', body: RESPONSE });
  expect(json.status).toBe('queued');
  await before();
  const converse = jest.fn(echoUpstream.converse);
  await runAll(workspace, process, { ...echoUpstream, converse });
  const { status } = (await process.send('ada', `/v1/responses/${json.id}`)).json;
  return { status, asked: converse.mock.calls.length };
}

/** Runs each job of the queue once. */
async function runAll({ local }: KeyWorkspace, process: KeyProcess, upstream: Upstream): Promise<void> {
  for (const { pk, sk } of await local.backup('sciences-job-queue')) {
    await process.worker(upstream).run({ job: pk?.S ?? '', user: sk?.S ?? '' }, 60_000);
  }
}

const revoke = (process: KeyProcess, id: string) => process.send('ada', `/v1/keys/${id}`, { method: 'DELETE' });

test('a job that a key sent ends with the key: revoked, expired, or stopped', async () => {
  const workspace = new KeyWorkspace();
  const process = workspace.process();
  const { local } = workspace;
  const cancelled = { status: 'cancelled', asked: 0 };
  const revoked = await process.create('ada');
  // Another key of the member doesn't stand for it.
  const expires_at = Math.floor(local.time / 1_000) + 3_600;
  const expiring = await process.create('ada', { expires_at });
  expect(await ended(workspace, process, revoked.key, () => {})).toEqual({ status: 'completed', asked: 1 });
  expect(await ended(workspace, process, revoked.key, () => revoke(process, revoked.id))).toEqual(cancelled);
  const hour = () => {
    local.time += 3_600_000;
  };
  expect(await ended(workspace, process, expiring.key, hour)).toEqual(cancelled);
  const stopping = await process.create('ada');
  const roleless = () => process.seen({ id: 'ada', roles: [], issuedAt: Math.floor(local.time / 1_000) + 1 });
  expect(await ended(workspace, process, stopping.key, roleless)).toEqual(cancelled);
});

test('a job that a token sent goes on when a key of its member is revoked', async () => {
  const workspace = new KeyWorkspace();
  const process = workspace.process();
  const { id } = await process.create('ada');
  const { status } = await ended(workspace, process, 'ada', () => revoke(process, id));
  expect(status).toBe('completed');
});

test('a batch that a key sent is cancelled in the middle once the key is revoked', async () => {
  const workspace = new KeyWorkspace();
  const process = workspace.process();
  const { id, key } = await process.create('ada');
  const lines = Array.from({ length: 8 }, (_, nth) => ({
    custom_id: `line ${nth}`,
    method: 'POST',
    url: '/v1/responses',
    body: { model: 'assistant', input: 'hi' },
  }));
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const file = await toFile(Buffer.from(text), 'in.jsonl');
  const { id: input_file_id } = await workspace.local.openai().files.create({ file, purpose: 'batch' });
  const body = { ...BATCH, input_file_id };
  const { json } = await process.send(key, '/key/v1/batches', { method: 'POST', body });
  let asked = 0;
  await runAll(workspace, process, {
    ...echoUpstream,
    converse: async (...args) => {
      const [, , signal] = args;
      if (++asked === 1) return echoUpstream.converse(...args);
      await revoke(process, id);
      signal?.throwIfAborted();
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
      });
    },
  });
  const found = (await process.send('ada', `/v1/batches/${json.id}`)).json;
  expect([found.status, found.request_counts.completed]).toEqual(['cancelled', 1]);
  expect(asked).toBeLessThan(8);
});

const ALGEBRA: PolicyCourse = { id: 'algebra', group: 'algebra', models: ['assistant'], until: '2026-12-31' };

/** Sends a batch of two lines by a key, and lets a worker run it after something else has happened. */
async function batchBy(key: string, process: KeyProcess, { local }: KeyWorkspace, before = async () => {}) {
  const lines = ['one', 'two'].map((custom_id) => {
    const body = { model: 'assistant', input: 'hi' };
    return JSON.stringify({ custom_id, method: 'POST', url: '/v1/responses', body });
  });
  const file = await toFile(Buffer.from(lines.join('\n')), 'in.jsonl');
  const { id: input_file_id } = await local.openai().files.create({ file, purpose: 'batch' });
  const { json } = await process.send(key, '/key/v1/batches', { method: 'POST', body: { ...BATCH, input_file_id } });
  await before();
  for (const { pk, sk } of await local.backup('sciences-job-queue')) {
    await process.worker().run({ job: pk?.S ?? '', user: sk?.S ?? '' }, 60_000);
  }
  await process.settled();
  const { status, request_counts } = (await process.send('ada', `/v1/batches/${json.id}`)).json;
  return { status, ...request_counts };
}

describe('a batch of a key with a course', () => {
  const limits = { tokensPerMemberPerMonth: 1_000 };

  test('charges the course, and not its member', async () => {
    const workspace = new KeyWorkspace();
    const courses = [{ ...ALGEBRA, budget: { tokens: 1_000 } }];
    const process = workspace.process(undefined, undefined, { courses, limits });
    process.namesGroups('ada', 'algebra');
    const { key } = await process.create('ada', { course: 'algebra' });
    expect(await batchBy(key, process, workspace)).toEqual({ status: 'completed', total: 2, completed: 2, failed: 0 });
    const counts = [...workspace.counters.counts];
    expect(counts.find(([name]) => name === 'sciences course#algebra')?.[1]).toBeGreaterThan(1);
    expect(counts.filter(([name]) => name.includes('membermonth'))).toEqual([]);
  });

  test('has no model that the course lacks', async () => {
    const workspace = new KeyWorkspace();
    const courses = [{ ...ALGEBRA, models: ['embed'] }];
    const process = workspace.process(undefined, undefined, { courses });
    process.namesGroups('ada', 'algebra');
    const { key } = await process.create('ada', { course: 'algebra' });
    expect(await batchBy(key, process, workspace)).toMatchObject({ completed: 0, failed: 2 });
    // Its member has it, and so has a key without a course.
    const { key: own } = await process.create('ada');
    expect(await batchBy(own, process, workspace)).toMatchObject({ completed: 2, failed: 0 });
  });

  test('ends once its member has left the course', async () => {
    const workspace = new KeyWorkspace();
    const process = workspace.process(undefined, undefined, { courses: [ALGEBRA] });
    process.namesGroups('ada', 'algebra');
    const { key } = await process.create('ada', { course: 'algebra' });
    const left = async () => {
      workspace.local.time += 1_000;
      process.namesGroups('ada');
      await process.seen({ id: 'ada' });
    };
    expect(await batchBy(key, process, workspace, left)).toMatchObject({ status: 'cancelled', completed: 0 });
  });
});

/** What a principal could write into the row of a job if it could write to the table, but not decrypt. */
const CHANGES: Readonly<Record<string, (row: Row, other: Row) => Row>> = {
  'no sender': ({ sender: _, ...row }) => row,
  'the attributes of an earlier version': ({ sender: _, ...row }) => ({ ...row, groups: { S: '["physics"]' } }),
  'the sender of another job': (row, { sender = { NULL: true } }) => ({ ...row, sender }),
  'a sender that was never encrypted': (row) => ({ ...row, sender: { B: Buffer.from('{}') } }),
  'the content in its place': ({ content = { NULL: true }, ...row }) => ({ ...row, content, sender: content }),
  'a text in its place': (row) => ({ ...row, sender: { S: '{' } }),
};

test.each(Object.entries(CHANGES))('a job whose row has %s ends, and the next one goes on', async (_, change) => {
  const workspace = new KeyWorkspace();
  const { local } = workspace;
  const process = workspace.process();
  const { key } = await process.create('ada');
  // It is waiting in the first place, and was sent with a token.
  await process.send('ada', '/v1/responses', { method: 'POST', body: RESPONSE });
  const { status, asked } = await ended(workspace, process, key, async () => {
    const [other = {}, own = {}] = (await local.rows()).filter(({ sk }) => sk?.S?.startsWith('running#'));
    await local.restore('sciences', [change(own, other)]);
  });
  expect({ status, asked }).toEqual({ status: 'cancelled', asked: 1 });
});
