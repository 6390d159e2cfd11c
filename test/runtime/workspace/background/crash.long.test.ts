import { LocalJobs } from './support/local-jobs';

jest.setTimeout(300_000);

const model = 'assistant';

/** What the member has: the responses, and the turns of a conversation. Nothing else may exist. */
async function outcome(jobs: LocalJobs, id: string, conversation: string) {
  const openai = jobs.openai();
  const { status, output_text } = await openai.responses.retrieve(id);
  const { data } = await openai.conversations.items.list(conversation, { order: 'asc' });
  const kinds = (await jobs.local.rows()).map(({ sk }) => sk?.S?.replace(/#.*/, '')).sort();
  return { status, output_text, roles: data.map((item) => ('role' in item ? item.role : item.type)), kinds };
}

test.each(['before', 'after'] as const)(
  'a worker that is killed %s each call in turn loses and repeats no response',
  async (fault) => {
    for (let nth = 1; ; nth++) {
      const jobs = new LocalJobs();
      try {
        const openai = jobs.openai();
        const { id: conversation } = await openai.conversations.create();
        const { id } = await openai.responses.create({ model, input: 'Guten Tag', conversation, background: true });
        const [queued = { user: '', job: '' }] = await jobs.queued();
        const reached = await jobs.local.faults.killAt(nth, fault, () =>
          jobs
            .worker()
            .run(queued, 60_000)
            .catch(() => {}),
        );
        jobs.afterCrash();
        await jobs.drain();
        expect(await outcome(jobs, id, conversation)).toEqual({
          status: 'completed',
          output_text: expect.stringContaining('Guten Tag'),
          roles: ['user', 'assistant'],
          kinds: ['conversation', 'response', 'segment', 'write'],
        });
        // A call is repeated only if the worker died between its answer and the write of it.
        expect(jobs.asked.length).toBeLessThanOrEqual(2);
        if (!reached) return;
      } finally {
        jobs.close();
      }
    }
  },
);

test.each(['before', 'after'] as const)(
  'a request that is killed %s each call in turn starts one job or none',
  async (fault) => {
    for (let nth = 1; ; nth++) {
      const jobs = new LocalJobs();
      try {
        const reached = await jobs.local.faults.killAt(nth, fault, () =>
          jobs
            .openai()
            .responses.create({ model, input: 'one', background: true })
            .catch(() => {}),
        );
        const queued = await jobs.queued();
        const running = (await jobs.local.rows()).filter(({ sk }) => sk?.S?.startsWith('running#'));
        expect(running.map(({ job }) => job?.S)).toEqual(queued.map(({ job }) => job));
        if (!reached) return;
      } finally {
        jobs.close();
      }
    }
  },
);

test('two workers, with events that are repeated and out of order, answer each response once', async () => {
  const jobs = new LocalJobs();
  try {
    const openai = jobs.openai();
    const { id: conversation } = await openai.conversations.create();
    const ids: string[] = [];
    for (const input of ['one', 'two', 'three', 'four']) {
      ids.push((await openai.responses.create({ model, input, conversation, background: true })).id);
    }
    const queued = await jobs.queued();
    await Promise.all([...queued, ...queued.toReversed(), ...queued].map((job) => jobs.worker().run(job, 60_000)));
    for (const job of queued) await jobs.worker().run(job, 60_000);
    const statuses = await Promise.all(ids.map(async (id) => (await openai.responses.retrieve(id)).status));
    expect(statuses).toEqual(['completed', 'completed', 'completed', 'completed']);
    expect((await openai.conversations.items.list(conversation)).data).toHaveLength(8);
    expect(jobs.asked).toHaveLength(4);
  } finally {
    jobs.close();
  }
});
