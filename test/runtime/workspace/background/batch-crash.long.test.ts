import { toFile } from 'openai';
import { LocalJobs } from './support/local-jobs';

jest.setTimeout(300_000);

const model = 'assistant';

const LINES = ['one', 'two', 'three', 'four', 'five'];

async function startBatch(jobs: LocalJobs): Promise<string> {
  const openai = jobs.openai();
  const lines = LINES.map((custom_id) => ({
    custom_id,
    method: 'POST',
    url: '/v1/responses',
    body: { model, input: `say ${custom_id}` },
  }));
  const text = lines.map((line) => JSON.stringify(line)).join('\n');
  const file = await toFile(Buffer.from(text), 'in.jsonl');
  const { id: input_file_id } = await openai.files.create({ file, purpose: 'batch' });
  const endpoint = '/v1/responses';
  return (await openai.batches.create({ input_file_id, endpoint, completion_window: '24h' })).id;
}

/** The lines of a batch's output, and everything else that the member has. */
async function batchOutcome(jobs: LocalJobs, id: string) {
  const openai = jobs.openai();
  const { status, output_file_id, error_file_id, request_counts } = await openai.batches.retrieve(id);
  const text = await (await openai.files.content(output_file_id ?? '')).text();
  const answers = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { custom_id: string; response: object });
  const said = answers.map(({ custom_id, response }) => JSON.stringify(response).includes(`say ${custom_id}`));
  const kinds = (await jobs.local.rows()).map(({ sk }) => sk?.S?.replace(/#.*/, '')).sort();
  return { status, error_file_id, request_counts, lines: answers.map(({ custom_id }) => custom_id), said, kinds };
}

const COMPLETE = {
  status: 'completed',
  error_file_id: null,
  request_counts: { total: 5, completed: 5, failed: 0 },
  lines: LINES,
  said: LINES.map(() => true),
  kinds: ['batch', 'file', 'file'],
};

test.each(['before', 'after'] as const)(
  'a worker that is killed %s each call in turn loses and repeats no line of a batch',
  async (fault) => {
    let calls = 0;
    for (let nth = 1; ; nth++) {
      const jobs = new LocalJobs();
      try {
        const id = await startBatch(jobs);
        const [queued = { user: '', job: '' }] = await jobs.queued();
        let isDead = false;
        const reached = await jobs.local.faults.killAt(nth, fault, () =>
          jobs
            .worker()
            .run(queued, 60_000)
            .catch(() => {
              isDead = true;
            }),
        );
        jobs.afterCrash();
        await jobs.drain();
        expect([nth, await batchOutcome(jobs, id)]).toEqual([nth, COMPLETE]);
        // A crash repeats at most the calls of the lines that were running.
        expect(jobs.asked.length).toBeLessThanOrEqual(LINES.length + 4);
        const { repeated_calls } = (await jobs.openai().batches.retrieve(id)) as unknown as { repeated_calls: number };
        expect(repeated_calls).toBeGreaterThanOrEqual(jobs.asked.length - LINES.length);
        if (isDead) calls++;
        if (!reached) break;
      } finally {
        jobs.close();
      }
    }
    expect(calls).toBeGreaterThan(20);
  },
);

test('two workers of one batch, one of which was believed dead, answer each line once', async () => {
  const jobs = new LocalJobs();
  try {
    const id = await startBatch(jobs);
    const [queued = { user: '', job: '' }] = await jobs.queued();
    const { upstream } = jobs;
    const waiting: (() => void)[] = [];
    jobs.upstream = {
      ...upstream,
      converse: async (...args) => {
        // The first worker's calls take longer than its lease.
        if (waiting.length < 4) await new Promise<void>((resolve) => waiting.push(resolve));
        return upstream.converse(...args);
      },
    };
    const first = jobs.worker().run(queued, 60_000);
    for (let turns = 0; waiting.length < 4 && turns < 10_000; turns++) await new Promise(setImmediate);
    jobs.afterCrash();
    const second = jobs.worker().run(queued, 60_000);
    for (let turns = 0; jobs.asked.length < 5 && turns < 100_000; turns++) await new Promise(setImmediate);
    expect(jobs.asked.length).toBeGreaterThan(4);
    for (const resolve of waiting) resolve();
    await Promise.all([first, second]);
    await jobs.drain();
    expect(await batchOutcome(jobs, id)).toEqual(COMPLETE);
  } finally {
    jobs.close();
  }
});
