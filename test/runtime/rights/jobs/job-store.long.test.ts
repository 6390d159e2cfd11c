import { newJob } from '@/lib/runtime/rights/jobs/job';
import { JobStore } from '@/lib/runtime/rights/jobs/job-store';
import { Conflict } from '@/lib/runtime/workspace/store/table';
import { LocalContent } from '../../workspace/conversations/support/local-content';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

test('a user’s list reads at most a thousand jobs of the workspace at a time, and misses none', async () => {
  const table = local.contentTable();
  const jobs = new JobStore(table);
  const made = Array.from({ length: 2_050 }, (_, nth) =>
    newJob('erase', nth % 1_000 === 7 ? 'rare' : 'other', 'root', new Date(local.time + nth), 'done', 'called-off'),
  );
  for (let nth = 0; nth < made.length; nth += 50) {
    await table.transact(made.slice(nth, nth + 50).map((job) => jobs.insert(job)));
  }
  const pages = [await jobs.pageOf('rare')];
  for (let last = pages[0]; last?.next !== undefined; last = pages.at(-1)) {
    pages.push(await jobs.pageOf('rare', last.next));
  }
  expect(pages.map((page) => page.jobs.length)).toEqual([1, 1, 1]);
  expect(pages.map(({ next }) => next)).toEqual([made[999]?.id, made[1_998]?.id, undefined]);
  const found = pages.flatMap((page) => page.jobs.map(({ id }) => id));
  expect(found).toEqual(made.filter(({ user }) => user === 'rare').map(({ id }) => id));
  expect(await jobs.pageOf('stranger', pages[1]?.next)).toEqual({ jobs: [] });

  const sizes: number[] = [];
  const listed: string[] = [];
  for (let after: string | undefined; sizes.length === 0 || after !== undefined; ) {
    const page = await jobs.page({ after, limit: 900 });
    sizes.push(page.jobs.length);
    listed.push(...page.jobs.map(({ id }) => id));
    after = page.next;
  }
  expect(sizes).toEqual([900, 900, 250]);
  expect(listed).toEqual(made.map(({ id }) => id));
});

test('an erasure whose canary is missing in an answer is refused, so that no change loses the canary', async () => {
  const table = local.contentTable();
  const jobs = new JobStore(table);
  const figures = { canarySha256: '00' };
  const job = { ...newJob('erase', 'ada', 'ada', new Date(), 'rows', 'erasing'), figures };
  await table.transact([jobs.insert(job)]);
  await expect(jobs.find(job.id)).rejects.toThrow("a row of the kind 'job' lacks 'canary', so nothing is done with it");
  const early = newJob('erase', 'eve', 'eve', new Date(), 'canary', 'erasing');
  await table.transact([jobs.insert(early)]);
  expect(await jobs.find(early.id)).toMatchObject({ step: 'canary', canary: undefined });
});

test('a touched job is as before but for its version, so that its runner reads it again', async () => {
  const table = local.contentTable();
  const jobs = new JobStore(table);
  const job = newJob('close', '', 'root', new Date(), 'users', 'closing');
  await table.transact([jobs.insert(job)]);
  await table.transact([jobs.touch(job)]);
  expect(await jobs.find(job.id)).toEqual({ ...job, version: 1 });
  await expect(jobs.change(job, { step: 'exports' })).rejects.toThrow(Conflict);
  await expect(table.transact([jobs.touch(job)])).rejects.toThrow(Conflict);
  await expect(table.transact([jobs.insert(job)])).rejects.toThrow(Conflict);
});
