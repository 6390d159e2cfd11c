import { resumeJobsHandler } from '@/lib/runtime/rights/deployed/resume-jobs';
import { JobStore } from '@/lib/runtime/rights/jobs/job-store';
import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { event } from '../../settings/support/settings-handler';
import { LocalContent } from '../../workspace/conversations/support/local-content';

let local: LocalContent;
let begun: string[];
let running: Set<string>;
let notified: number;
let lines: object[];
beforeEach(() => {
  local = new LocalContent();
  begun = [];
  running = new Set();
  notified = 0;
  lines = [];
});
afterEach(() => local.close());

function resumption(retentionDays?: number) {
  const answers: string[] = [];
  const handler = resumeJobsHandler({
    rights: local.rights({ retentionDays }),
    executions: {
      begin: async ({ job }, attempt) => void begun.push(attempt === undefined ? job : `${job}-${attempt}`),
      running: async () => running,
    },
    responder: {
      boundary: 'eu',
      region: 'eu-central-1',
      fetch: async (_, { body }) => {
        answers.push(JSON.parse(String(body)).Status);
        return { status: 200 };
      },
    },
    notify: () => void notified++,
    log: (line) => void lines.push(line),
    now: () => new Date(local.time),
  });
  return { handler, answers };
}

const HOUR_MS = 3_600_000;
const noDecision = { delayEarlierHandOvers: async () => [], applyNewPeriod: async () => undefined };

test('stalled jobs resume; running and completed jobs are left alone', async () => {
  const rights = local.rights();
  const [stopped, runs, over] = [
    await rights.export('ada', 'root'),
    await rights.export('eve', 'root'),
    await rights.erase('bob', 'root'),
  ];
  await rights.runner.run(over.id);
  local.time += 25 * HOUR_MS;
  await local.rights().runner.run(over.id);
  running.add(runs.id);
  await resumption().handler({ source: 'aws.events' });
  expect(begun).toEqual([`${stopped.id}-202611280100`]);
  expect(lines).toEqual([{ event: 'tended', open: 2, resumed: [stopped.id] }]);
});

test('jobs are read a page at a time, after those of the page before were resumed', async () => {
  const job = await local.rights().export('ada', 'root');
  local.time += HOUR_MS;
  const order: string[] = [];
  const row = (id: string) => new JobStore(local.contentTable()).insert({ ...job, id }).Put?.Item;
  const table = {
    async *pages() {
      for (const id of ['export_1', 'export_2']) {
        order.push(`read ${id}`);
        yield [row(id)];
      }
    },
  };
  await resumeJobsHandler({
    rights: { ...noDecision, each: () => new JobStore(table as never).each() },
    executions: {
      begin: async ({ job: id }) => void order.push(`begin ${id}`),
      running: async () => new Set<string>(),
    },
    responder: { boundary: 'eu', region: 'eu-central-1' },
    notify: () => {},
    log: () => {},
    now: () => new Date(local.time),
  })({ source: 'aws.events' });
  expect(order).toEqual(['read export_1', 'begin export_1', 'read export_2', 'begin export_2']);
});

test('a new job is left to the function that received the request', async () => {
  await local.rights().export('ada', 'root');
  await resumption().handler({ source: 'aws.events' });
  expect(begun).toEqual([]);
});

test('a release without an execution resumes, although an execution waits for the end of its export', async () => {
  const { id } = await local.rights().export('ada', 'first', { recipient: 'heir', reason: 'case 9' });
  await local.rights().runner.run(id);
  running.add(id);
  local.time += HOUR_MS;
  await resumption().handler({ source: 'aws.events' });
  expect(begun).toEqual([]);
  await local.rights().releaseExport(id, 'second');
  await resumption().handler({ source: 'aws.events' });
  expect(begun).toEqual([expect.stringContaining(`${id}-`)]);
});

test('a cancelled hand-over and a confirmed erasure resume, although an execution waits for their former time', async () => {
  const rules = rulesOf({ erasureOfOthers: 'second-person' });
  const rights = local.rights({ rules });
  const handOver = await rights.export('ada', 'first', { recipient: 'heir', reason: 'case 9' });
  await rights.runner.run(handOver.id);
  const erasure = await rights.erase('eve', 'first');
  for (const { id } of [handOver, erasure]) running.add(id);
  local.time += HOUR_MS;
  await resumption().handler({ source: 'aws.events' });
  expect(begun).toEqual([]);
  await rights.cancel(handOver.id, 'second');
  await rights.confirmErasure(erasure.id, 'second');
  await resumption().handler({ source: 'aws.events' });
  expect(begun).toEqual([expect.stringContaining(`${erasure.id}-`), expect.stringContaining(`${handOver.id}-`)]);
  expect(notified).toBe(0);
});

test('a hand-over of version 0.1.0 is delayed and notified once', async () => {
  const { id } = await local.rights().export('ada', 'first', { recipient: 'heir', reason: 'case 9' });
  await local.rights().runner.run(id);
  local.time += HOUR_MS;
  const jobs = new JobStore(local.contentTable());
  const job = await jobs.find(id);
  if (job === undefined) throw new Error('no job');
  await jobs.change(job, { figures: { recipient: 'heir', reason: 'case 9' } });
  for (const expected of [1, 1]) {
    await resumption().handler({ source: 'aws.events' });
    expect(notified).toBe(expected);
  }
  expect(begun).toEqual([expect.stringContaining(id), expect.stringContaining(id)]);
  expect(await local.rights().find(id)).toMatchObject({ state: 'waiting' });
});

test('a deployment applies a changed retention period to stored content once', async () => {
  const deploy = async (days?: number) => {
    const { handler, answers } = resumption(days);
    await handler(event('Update'));
    expect(answers).toEqual(['SUCCESS']);
    expect(lines.splice(0)).toEqual([
      ...begun.map((job) => ({ event: 'retention', job, period: days === undefined ? 'until-deleted' : `${days}d` })),
      { event: 'custom-resource', request: 'Update', status: 'SUCCESS' },
    ]);
    local.time += HOUR_MS;
    return begun.splice(0).length;
  };
  expect([await deploy(30), await deploy(30), await deploy(7), await deploy(), await deploy()]).toEqual([
    1, 0, 1, 1, 0,
  ]);
});

test('a deployment fails if the jobs can’t be read, without quoting what was read', async () => {
  local.faults.choose(() => async () => {
    throw new Error('SECRET');
  });
  const { handler, answers } = resumption(30);
  await handler(event('Create'));
  expect(answers).toEqual(['FAILED']);
});

test('deleting the stack changes nothing', async () => {
  const { handler, answers } = resumption(30);
  await handler(event('Delete'));
  expect([answers, begun]).toEqual([['SUCCESS'], []]);
});

test('a function without a clock of the test uses the system’s', async () => {
  const begin = jest.fn(async () => {});
  const handler = resumeJobsHandler({
    rights: local.rights({ retentionDays: 30, now: () => new Date() }),
    executions: { begin, running: async () => new Set() },
    responder: { boundary: 'eu', region: 'eu-central-1', fetch: async () => ({ status: 200 }) },
    notify: () => {},
    log: (line) => void lines.push(line),
  });
  await handler(event('Create'));
  await handler({ source: 'aws.events' });
  expect(begin.mock.calls).toHaveLength(1);
  expect(lines.at(-1)).toEqual({ event: 'tended', open: 1, resumed: [] });
});
