import { toFile } from 'openai';
import { LocalJobs } from './support/local-jobs';

const model = 'assistant';

let jobs: LocalJobs;
beforeEach(() => {
  jobs = new LocalJobs();
  for (const member of ['ada', 'bob']) jobs.local.groups.set(member, ['member', 'physics']);
});
afterEach(() => jobs.close());

async function sharedPrompt(): Promise<string> {
  const openai = jobs.openai('ada');
  const { id } = await openai.post<{ id: string }>('/prompts', { body: { instructions: 'Explain.', model } });
  return (await openai.post<{ id: string }>(`/prompts/${id}/shares`, { body: { group: 'physics' } })).id;
}

test('a background response with a shared prompt is refused at once, and nothing is queued', async () => {
  const prompt = { id: await sharedPrompt() };
  const openai = jobs.openai('bob');
  expect((await openai.responses.create({ input: 'hi', prompt })).status).toBe('completed');
  const refused = await openai.responses.create({ input: 'hi', prompt, background: true }).catch((error) => error);
  expect(refused).toMatchObject({
    status: 400,
    code: 'unsupported_value',
    param: 'prompt.id',
    message: expect.stringContaining("may not name a shared prompt with 'background'"),
  });
  expect(await jobs.queued()).toEqual([]);
  const own = await openai.post<{ id: string }>('/prompts', { body: { instructions: 'Explain.', model } });
  const queued = await openai.responses.create({ input: 'hi', prompt: { id: own.id }, background: true });
  await jobs.drain();
  expect((await openai.responses.retrieve(queued.id)).status).toBe('completed');
});

test('a line of a batch with a shared prompt is in the file of errors, which says why', async () => {
  const prompt = { id: await sharedPrompt() };
  const openai = jobs.openai('bob');
  const line = (custom_id: string, more: object) =>
    JSON.stringify({ custom_id, method: 'POST', url: '/v1/responses', body: { model, input: 'hi', ...more } });
  const file = await toFile(Buffer.from([line('with', { prompt }), line('without', {})].join('\n')), 'in.jsonl');
  const { id } = await openai.batches.create({
    input_file_id: (await openai.files.create({ file, purpose: 'batch' })).id,
    endpoint: '/v1/responses',
    completion_window: '24h',
  });
  await jobs.drain();
  const batch = await openai.batches.retrieve(id);
  expect(batch).toMatchObject({ status: 'completed', request_counts: { total: 2, completed: 1, failed: 1 } });
  const errors = await (await openai.files.content(batch.error_file_id ?? '')).text();
  expect(
    errors
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text)),
  ).toMatchObject([
    {
      custom_id: 'with',
      response: {
        status_code: 400,
        body: {
          error: {
            code: 'unsupported_value',
            param: 'prompt.id',
            message: expect.stringContaining('works neither in the background nor in a batch'),
          },
        },
      },
    },
  ]);
  expect(jobs.asked).toHaveLength(1);
});
