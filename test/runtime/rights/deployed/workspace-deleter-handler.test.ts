import { workspaceDeleterHandler } from '@/lib/runtime/rights/deployed/workspace-deleter-handler';
import type { JobRunner } from '@/lib/runtime/rights/jobs/job-runner';
import { scripted } from '../support/scripted';

const JOB = `close_${'0'.repeat(44)}`;
const DELETION = new Date(5);

function handlerWith(scheduled: Date | undefined) {
  const ran: string[] = [];
  const lines: object[] = [];
  const { calls, client } = scripted({});
  const run = async (job: string) => {
    ran.push(job);
    return { job, actor: 'eraser' };
  };
  const keyDeletion = { keyArns: ['arn'], schedule: async () => {}, scheduled: async () => scheduled };
  const handler = workspaceDeleterHandler({
    runner: { run } as Partial<JobRunner> as JobRunner,
    workspace: 'sciences',
    evidence: { client, name: 'evidence' },
    keyDeletion,
    log: (line) => void lines.push(line),
  });
  return { handler, ran, lines, calls };
}

test('until the key’s deletion is scheduled, the steps of the job run', async () => {
  const { handler, ran, lines, calls } = handlerWith(undefined);
  expect(await handler({ job: JOB })).toEqual({ job: JOB, actor: 'eraser' });
  expect([ran, calls]).toEqual([[JOB], []]);
  expect(lines).toMatchObject([{ event: 'rights', job: JOB, actor: 'closer', next: 'eraser' }]);
});

test('from then on, the deletion is certified, and no step runs', async () => {
  const { handler, ran, lines, calls } = handlerWith(DELETION);
  expect(await handler({ job: JOB })).toEqual({ job: JOB });
  expect(ran).toEqual([]);
  expect(calls).toMatchObject([['PutObject', { Key: `certificates/sciences/${JOB}-key.json` }]]);
  expect(lines).toEqual([{ event: 'rights', job: JOB, actor: 'closer', next: 'nobody' }]);
});

test('another job isn’t certified as a closure, and another event is refused', async () => {
  const { handler, ran, calls } = handlerWith(DELETION);
  const other = `erase_${'0'.repeat(44)}`;
  await handler({ job: other });
  expect([ran, calls]).toEqual([[other], []]);
  for (const event of [{}, { job: 1 }, { job: 'x' }]) {
    await expect(handler(event)).rejects.toThrow("the event must name a 'job'");
  }
});
