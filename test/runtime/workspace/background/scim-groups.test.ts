import { toFile } from 'openai';
import type { Member } from '@/lib/runtime/http/member';
import type { MemberDirectory } from '@/lib/runtime/workspace/identity/member-directory';
import type { JobWorkerOptions } from '@/lib/runtime/workspace/job-worker';
import { LocalJobs } from './support/local-jobs';

const model = 'assistant';
const entry = { user: { active: true }, since: {}, roles: ['member'], groups: ['physics'] } as never;

let jobs: LocalJobs;
/** The members whose limits and usage were counted. */
let counted: (Member | undefined)[];
beforeEach(() => {
  jobs = new LocalJobs();
  counted = [];
  for (const member of ['ada', 'bob']) jobs.local.groups.set(member, ['physics']);
});
afterEach(() => jobs.close());

const counting: JobWorkerOptions['counting'] = [
  async (c, next) => {
    counted.push(c.var.member);
    await next();
  },
];
const drain = (directory?: MemberDirectory) => jobs.drain(() => jobs.worker({ directory, counting }));

test('a background response counts for the groups of its member where SCIM decides, and otherwise for none', async () => {
  const openai = jobs.openai('ada');
  await openai.responses.create({ model, input: 'hi', background: true });
  await drain({ of: async () => entry });
  await openai.responses.create({ model, input: 'hi', background: true });
  await drain();
  expect(counted.map((member) => member?.groups)).toEqual([['physics'], undefined]);
});

test('a line of a batch uses no shared prompt, also where SCIM says that the member is in the group', async () => {
  const ada = jobs.openai('ada');
  const { id: prompt } = await ada.post<{ id: string }>('/prompts', { body: { instructions: 'Explain.', model } });
  const { id } = await ada.post<{ id: string }>(`/prompts/${prompt}/shares`, { body: { group: 'physics' } });
  const bob = jobs.openai('bob');
  const line = { custom_id: 'a', method: 'POST', url: '/v1/responses', body: { model, input: 'hi', prompt: { id } } };
  const file = await toFile(Buffer.from(JSON.stringify(line)), 'in.jsonl');
  const batch = await bob.batches.create({
    input_file_id: (await bob.files.create({ file, purpose: 'batch' })).id,
    endpoint: '/v1/responses',
    completion_window: '24h',
  });
  await drain({ of: async () => entry });
  const { error_file_id } = await bob.batches.retrieve(batch.id);
  expect(await (await bob.files.content(error_file_id ?? '')).text()).toContain(
    'works neither in the background nor in a batch',
  );
  expect(jobs.asked).toEqual([]);
});
