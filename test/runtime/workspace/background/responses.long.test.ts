import { toFile } from 'openai';
import { LocalJobs } from './support/local-jobs';

const model = 'assistant';

let jobs: LocalJobs;
beforeEach(() => {
  jobs = new LocalJobs();
});
afterEach(() => jobs.close());

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    ({ status, code, param }) => [status, code, param],
  );

async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; !isSo(); turns++) {
    if (turns > 10_000) throw new Error('it never happened');
    await new Promise(setImmediate);
  }
}

test('a background response is queued at once, and answered by a worker under the same ID', async () => {
  const openai = jobs.openai();
  const asked = await openai.responses.create({ model, input: 'Guten Tag', background: true, metadata: { a: 'b' } });
  expect(asked).toMatchObject({ object: 'response', status: 'queued', background: true, output: [], store: true });
  expect(await openai.responses.retrieve(asked.id)).toMatchObject({ id: asked.id, status: 'queued' });
  expect(jobs.asked).toEqual([]);
  await jobs.drain();
  const answered = await openai.responses.retrieve(asked.id);
  expect(answered).toMatchObject({
    id: asked.id,
    status: 'completed',
    background: true,
    created_at: asked.created_at,
    metadata: { a: 'b' },
  });
  expect(answered.output_text).toContain('Guten Tag');
  expect(await jobs.queued()).toEqual([]);
  expect((await jobs.local.rows()).map(({ sk }) => sk?.S).filter((sk) => sk?.startsWith('running#'))).toEqual([]);
  expect(jobs.records).toMatchObject([{ member: 'ada', model, outcome: 'answered' }]);
});

test('its input can be read while it runs, and its conversation has its turn once it is over', async () => {
  const openai = jobs.openai();
  const { id: conversation } = await openai.conversations.create();
  const { id } = await openai.responses.create({ model, input: 'one', conversation, background: true });
  const before = await openai.responses.inputItems.list(id);
  expect(before.data).toMatchObject([{ role: 'user', content: [{ text: 'one' }] }]);
  expect((await openai.conversations.items.list(conversation)).data).toEqual([]);
  await jobs.drain();
  expect((await openai.responses.inputItems.list(id)).data).toEqual(before.data);
  expect((await openai.conversations.items.list(conversation)).data).toHaveLength(2);
});

test('a long request is in the bucket until its response is over', async () => {
  const openai = jobs.openai('ada', { window: { tokens: 1_000_000, bytes: 8_000_000 } });
  await openai.responses.create({ model, input: 'x'.repeat(380_000), background: true });
  expect(await jobs.local.objects()).toBe(1);
  await jobs.drain();
  const leftovers = (await jobs.local.rows()).filter(({ sk }) => sk?.S?.startsWith('leftover#'));
  expect(leftovers).toHaveLength(1);
});

test('a cancelled response stays cancelled, whatever a model still answers', async () => {
  const openai = jobs.openai();
  const { id } = await openai.responses.create({ model, input: 'one', background: true });
  const { upstream } = jobs;
  jobs.upstream = {
    ...upstream,
    converse: async (...args) => {
      expect(await openai.responses.cancel(id)).toMatchObject({ id, status: 'cancelled', output: [] });
      return upstream.converse(...args);
    },
  };
  await jobs.drain();
  expect(jobs.asked).toHaveLength(1);
  expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'cancelled', output: [] });
  expect(await openai.responses.cancel(id)).toMatchObject({ id, status: 'cancelled' });
});

test('a response that is over is returned as it is, and one that a client waited for can not be cancelled', async () => {
  const openai = jobs.openai();
  const { id } = await openai.responses.create({ model, input: 'one', background: true });
  await jobs.drain();
  expect(await openai.responses.cancel(id)).toMatchObject({ status: 'completed' });
  const waited = await openai.responses.create({ model, input: 'two' });
  expect(await refusal(openai.responses.cancel(waited.id))).toEqual([400, 'invalid_value', 'response_id']);
});

test('a response that is deleted while it runs leaves nothing', async () => {
  const openai = jobs.openai();
  const { id } = await openai.responses.create({ model, input: 'one', background: true });
  await openai.responses.delete(id);
  await jobs.drain();
  expect(jobs.asked).toEqual([]);
  expect(await refusal(openai.responses.retrieve(id))).toEqual([404, 'response_not_found', 'response_id']);
});

test.each([
  ['a stream', { stream: true as const }, [400, 'unsupported_value', 'stream']],
  ['an answer that is not stored', { store: false }, [400, 'invalid_value', 'store']],
  ['a model that is not served', { model: 'other' }, [404, 'model_not_found', 'model']],
  ['a conversation that does not exist', { conversation: 'conv_x' }, [404, 'conversation_not_found', 'conversation']],
])('%s is refused at once', async (_, over, expected) => {
  const work = jobs.openai().responses.create({ model, input: 'one', background: true, ...over } as never);
  expect(await refusal(work)).toEqual(expected);
  expect(await jobs.queued()).toEqual([]);
});

test('another member finds no response of a member, and can not cancel it', async () => {
  const { id } = await jobs.openai().responses.create({ model, input: 'one', background: true });
  const bob = jobs.openai('bob');
  for (const work of [
    () => bob.responses.retrieve(id),
    () => bob.responses.cancel(id),
    () => bob.responses.delete(id),
  ]) {
    expect(await refusal(work())).toEqual([404, 'response_not_found', 'response_id']);
  }
  expect(await jobs.openai().responses.retrieve(id)).toMatchObject({ status: 'queued' });
});

test('a worker ignores a job that the queue names for another member', async () => {
  const { id } = await jobs.openai().responses.create({ model, input: 'one', background: true });
  await jobs.worker().run({ user: 'bob', job: id }, 60_000);
  expect(jobs.asked).toEqual([]);
  expect(await jobs.openai().responses.retrieve(id)).toMatchObject({ status: 'queued' });
});

test('a member has so many jobs at a time', async () => {
  const openai = jobs.openai();
  const start = () => openai.responses.create({ model, input: 'one', background: true });
  await Promise.all([start(), start(), start(), start()]);
  expect(await refusal(start())).toEqual([429, 'rate_limit_exceeded', null]);
  await jobs.openai('bob').responses.create({ model, input: 'one', background: true });
  await jobs.drain();
  expect(await start()).toMatchObject({ status: 'queued' });
});

test('a refusal is stored as a failed response', async () => {
  const openai = jobs.openai();
  const { id } = await openai.responses.create({ model, input: 'one', background: true });
  jobs.upstream = {
    ...jobs.upstream,
    converse: async () => {
      throw Object.assign(new Error('a secret of the provider'), {
        name: 'ValidationException',
        $metadata: { httpStatusCode: 400 },
      });
    },
  };
  await jobs.drain();
  const failed = await openai.responses.retrieve(id);
  expect(failed).toMatchObject({ status: 'failed', output: [] });
  expect(failed.error?.message).not.toMatch(/secret/);
});

test.each([
  ['was disabled', { disabled: true }],
  ['signed out everywhere since', { disabled: false, signedOutAt: Date.UTC(2026, 10, 27) / 1_000 }],
])('the jobs of a member who %s are cancelled', async (_, suspension) => {
  const openai = jobs.openai();
  const { id } = await openai.responses.create({ model, input: 'one', background: true });
  jobs.suspensions.set('ada', suspension);
  await jobs.drain();
  expect(jobs.asked).toEqual([]);
  expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'cancelled' });
});

test('a member who is disabled while a model answers gets no answer', async () => {
  const openai = jobs.openai();
  const { id } = await openai.responses.create({ model, input: 'one', background: true });
  jobs.upstream = {
    ...jobs.upstream,
    converse: (_, __, signal) =>
      new Promise((_, reject) => {
        jobs.suspensions.set('ada', { disabled: true });
        signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  };
  await jobs.drain(() => jobs.worker({ renewMs: 5 }));
  expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'cancelled' });
});

test('a response that waited for a day fails', async () => {
  const openai = jobs.openai();
  const { id } = await openai.responses.create({ model, input: 'one', background: true });
  jobs.local.time += 86_400_001;
  await jobs.drain();
  expect(jobs.asked).toEqual([]);
  expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'failed' });
});

test('a response that kills its workers fails at the third', async () => {
  const openai = jobs.openai();
  const { id } = await openai.responses.create({ model, input: 'one', background: true });
  const [queued = { user: '', job: '' }] = await jobs.queued();
  const killed: (() => void)[] = [];
  jobs.upstream = {
    ...jobs.upstream,
    converse: () => new Promise((_, reject) => killed.push(() => reject(new Error()))),
  };
  const runs: Promise<void>[] = [];
  for (let starts = 1; starts <= 3; starts++) {
    runs.push(jobs.worker().run(queued, 60_000));
    await until(() => jobs.asked.length === starts);
    expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'in_progress' });
    // While its lease holds, no other worker starts it.
    await jobs.worker().run(queued, 60_000);
    expect(jobs.asked).toHaveLength(starts);
    jobs.afterCrash();
  }
  await jobs.drain();
  expect(jobs.asked).toHaveLength(3);
  expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'failed' });
  // What the workers would still store if they weren't dead after all.
  for (const end of killed) end();
  await Promise.all(runs);
  expect(jobs.asked).toHaveLength(3);
  expect(await openai.responses.retrieve(id)).toMatchObject({ status: 'failed' });
});

const MINUTE = 60_000;

/** When the only job was queued last. */
const queuedAt = async () => Number((await jobs.local.backup('sciences-job-queue'))[0]?.at?.N);

test('a job that waits for its turn is left alone, until Lambda has dropped its turn', async () => {
  await jobs.openai().responses.create({ model, input: 'one', background: true });
  const before = await queuedAt();
  jobs.local.time += 60 * MINUTE;
  expect(await jobs.worker().sweep()).toEqual({ waiting: 1, stuck: 0 });
  expect(await queuedAt()).toBe(before);
  jobs.local.time += 6 * MINUTE;
  expect(await jobs.worker().sweep()).toEqual({ waiting: 1, stuck: 1 });
  const touched = jobs.local.time;
  expect(await queuedAt()).toBe(touched);
  // It is stuck until a worker has it, and has one turn at a time.
  jobs.local.time += 15 * MINUTE;
  expect(await jobs.worker().sweep()).toEqual({ waiting: 1, stuck: 1 });
  expect(await queuedAt()).toBe(touched);
});

test('a job that a worker has is neither waiting nor stuck', async () => {
  await jobs.openai().responses.create({ model, input: 'one', background: true });
  const [queued = { user: '', job: '' }] = await jobs.queued();
  const before = await queuedAt();
  jobs.local.time += 70 * MINUTE;
  let answer = () => {};
  const { upstream } = jobs;
  jobs.upstream = {
    ...upstream,
    converse: async (...args) => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return upstream.converse(...args);
    },
  };
  const run = jobs.worker().run(queued, 60_000);
  await until(() => jobs.asked.length === 1);
  expect(await jobs.worker().sweep()).toEqual({ waiting: 0, stuck: 0 });
  expect(await queuedAt()).toBe(before);
  answer();
  await run;
});

test('a job whose worker crashed is run again by the next sweep, once', async () => {
  const { id } = await jobs.openai().responses.create({ model, input: 'one', background: true });
  const [queued = { user: '', job: '' }] = await jobs.queued();
  let die = () => {};
  const converse = () =>
    new Promise<never>((_, reject) => {
      die = () => reject(new Error());
    });
  jobs.upstream = { ...jobs.upstream, converse };
  const dead = jobs.worker().run(queued, 60_000);
  await until(() => jobs.asked.length === 1);
  const before = await queuedAt();
  jobs.local.time += 3 * MINUTE;
  expect(await jobs.worker().sweep()).toEqual({ waiting: 1, stuck: 0 });
  expect(await queuedAt()).toBe(before);
  jobs.local.time += 5 * MINUTE;
  expect(await jobs.worker().sweep()).toEqual({ waiting: 1, stuck: 1 });
  expect(await queuedAt()).toBe(jobs.local.time);
  jobs.local.time += 15 * MINUTE;
  expect(await jobs.worker().sweep()).toEqual({ waiting: 1, stuck: 0 });
  await jobs.openai().responses.cancel(id);
  die();
  await dead;
});

test('a sweep takes a job off the queue that is over', async () => {
  await jobs.openai().responses.create({ model, input: 'one', background: true });
  const [queued = { user: '', job: '' }] = await jobs.queued();
  await jobs.drain();
  await jobs.local.queue().touch({ ...queued, createdAt: jobs.local.time });
  expect(await jobs.worker().sweep()).toEqual({ waiting: 0, stuck: 0 });
  expect(await jobs.queued()).toEqual([]);
});

const create = () => jobs.openai().responses.create({ model, input: 'one', background: true });

async function createBatch(): Promise<void> {
  const openai = jobs.openai();
  const line = { custom_id: 'one', method: 'POST', url: '/v1/responses', body: { model, input: 'two' } };
  const file = await toFile(Buffer.from(JSON.stringify(line)), 'in.jsonl');
  const { id: input_file_id } = await openai.files.create({ file, purpose: 'batch' });
  await openai.batches.create({ input_file_id, endpoint: '/v1/responses', completion_window: '24h' });
}

/** Puts the content of an earlier job, which had the same place, into the row of a waiting one. */
async function replaced(createEarlier: () => Promise<unknown> = create): Promise<string> {
  const rowOf = async () => (await jobs.local.rows()).find(({ sk }) => sk?.S === 'running#0');
  await createEarlier();
  const earlier = await rowOf();
  await jobs.drain();
  const { id } = await create();
  await jobs.local.restore('sciences', [{ ...(await rowOf()), content: earlier?.content ?? { NULL: true } }]);
  jobs.asked.length = 0;
  return id;
}

test.each([
  ['response', create],
  ['batch', createBatch],
])('a job whose row has the content of an earlier %s ends, without asking a model', async (_, createEarlier) => {
  const id = await replaced(createEarlier);
  await jobs.drain();
  expect(jobs.asked).toEqual([]);
  expect(jobs.lines.at(-1)).toMatchObject({ event: 'job', end: 'cancelled' });
  expect((await jobs.local.rows()).filter(({ sk }) => sk?.S?.startsWith('running#'))).toEqual([]);
  expect(await refusal(jobs.openai().responses.retrieve(id))).toEqual([404, 'response_not_found', 'response_id']);
});

test.each([
  ['of a member who was disabled', () => jobs.suspensions.set('ada', { disabled: true })],
  [
    'that waited for a day',
    () => {
      jobs.local.time += 86_400_001;
    },
  ],
])('such a job %s ends too', async (_, happen) => {
  await replaced();
  happen();
  expect(await jobs.drain()).toBe(1);
  expect(jobs.asked).toEqual([]);
});

test('such a job shows its member no request of another, and can be cancelled', async () => {
  const id = await replaced();
  const openai = jobs.openai();
  expect((await refusal(openai.responses.retrieve(id)))[0]).toBe(500);
  expect(await refusal(openai.responses.cancel(id))).toEqual([404, 'response_not_found', 'response_id']);
  expect(await jobs.drain()).toBe(1);
  expect(jobs.asked).toEqual([]);
});

test('a workspace without a queue refuses background responses', async () => {
  const openai = jobs.openai('ada', { background: undefined });
  const work = openai.responses.create({ model, input: 'one', background: true });
  expect(await refusal(work)).toEqual([400, 'residency_store_refused', 'background']);
});
