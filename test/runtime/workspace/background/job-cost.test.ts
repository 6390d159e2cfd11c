import { BACKGROUND, CONVERSION, TURN } from '@/lib/report/cost/assumed-use';
import { docx, paragraph } from '@/test/runtime/conversion/support/documents';
import { CONVERSIONS } from '@/test/runtime/workspace/conversations/support/local-content';
import { type Units, unitsOf } from '@/test/support/units';
import { LocalJobs } from './support/local-jobs';

let jobs: LocalJobs;
beforeEach(() => {
  jobs = new LocalJobs();
});
afterEach(() => jobs.close());

/** What the stores are asked for meanwhile. Keys are cached, as in a process that has served the member before. */
async function measured(work: () => Promise<unknown>): Promise<Units> {
  const units = { calls: 0, reads: 0, writes: 0 };
  jobs.local.faults.choose((call) => async (request, real) => {
    const { reads, writes } = unitsOf(call, call.startsWith('dynamodb.') ? JSON.parse(request.body.toString()) : {});
    units.calls += 1;
    units.reads += reads;
    units.writes += writes;
    return real();
  });
  await work();
  jobs.local.faults.none();
  return units;
}

test('a background job takes no more than `cost` counts for it, in addition to its turn', async () => {
  const openai = jobs.openai();
  const worker = jobs.worker();
  const ask = (background: boolean) => openai.responses.create({ model: 'assistant', input: 'Guten Tag', background });
  const inBackground = async () => {
    const { id } = await ask(true);
    const [queued] = await jobs.queued();
    await worker.run(queued ?? { user: '', job: '' }, 60_000);
    for (let reads = 0; reads < BACKGROUND.requests; reads++) await openai.responses.retrieve(id);
  };
  await ask(false);
  await inBackground();
  const [turn, job] = [await measured(() => ask(false)), await measured(inBackground)];
  const more = { calls: job.calls - turn.calls, reads: job.reads - turn.reads, writes: job.writes - turn.writes };
  // The client's requests have the further calls of any request too.
  const { calls, reads, writes } = BACKGROUND.job;
  const ofRequests = BACKGROUND.requests * TURN.furtherCalls;
  expect([calls - ofRequests, reads - ofRequests, writes]).toEqual([more.calls, more.reads, more.writes]);
});

test('the conversion of an office file takes no more than `cost` counts for it, in addition to its upload', async () => {
  const { local } = jobs;
  const openai = local.openai('ada', local.gateway({ conversions: { table: CONVERSIONS } }));
  const converter = local.converter();
  const upload = (name: string, content: Buffer) =>
    openai.files.create({ file: new File([new Uint8Array(content)], name), purpose: 'user_data' });
  const plain = () => upload('a.txt', Buffer.from('Guten Tag'));
  const office = async () => {
    const { id } = await upload('a.docx', docx(paragraph('Guten Tag')));
    expect(await converter.convert('ada', id)).toBe('converted');
    // The client waits for it.
    expect(await openai.files.retrieve(id)).toMatchObject({ status: 'processed' });
  };
  await office();
  const [without, with_] = [await measured(plain), await measured(office)];
  const { calls, reads, writes } = CONVERSION.file;
  expect([with_.calls - without.calls, with_.reads - without.reads, with_.writes - without.writes]).toEqual([
    calls,
    reads,
    writes,
  ]);
});
