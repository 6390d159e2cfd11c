import { EventEmitter, once } from 'node:events';
import { LocalJobs } from '@/lib/local/local-jobs';
import type { JobQueue, QueuedJob } from '@/lib/runtime/workspace/background/queue';
import type { Worker } from '@/lib/runtime/workspace/background/worker';

type Waiting = QueuedJob & { readonly at: number };

const waitingAt = (job: string, at: number): Waiting => ({ user: 'ada', job, createdAt: at, at });

/** The jobs that a process starts of a queue, in the given order of its scan, until it has started so many. */
async function startedOf(queued: readonly Waiting[], count: number, ends: boolean): Promise<string[]> {
  const started: string[] = [];
  const [enough, ending] = [new EventEmitter(), new EventEmitter()];
  const [isEnough, isEnding] = [once(enough, 'now'), once(ending, 'now')];
  const waiting = async function* () {
    yield* queued;
  };
  const run = async ({ job }: Pick<QueuedJob, 'job'>) => {
    started.push(job);
    if (started.length === count) enough.emit('now');
    if (!ends) await isEnding;
  };
  const jobs = new LocalJobs(
    () => ({ run }) as Partial<Worker> as Worker,
    { waiting } as Partial<JobQueue> as JobQueue,
    (error) => enough.emit('error', error),
  );
  await isEnough;
  ending.emit('now');
  await jobs.close();
  return started;
}

const BATCHES = [1, 2, 3, 4].map((nth) => waitingAt(`batch_${nth}`, 1_000 + nth));

test('the job that has waited longest starts first, wherever the queue has it', async () => {
  const started = await startedOf([...BATCHES, waitingAt('resp_1', 1)], 4, false);
  expect(started.slice(0, 4)).toEqual(['resp_1', 'batch_1', 'batch_2', 'batch_3']);
});

test("jobs that can't go on yet don't keep the others waiting", async () => {
  const started = await startedOf([...BATCHES, waitingAt('resp_1', 2_000)], 5, true);
  expect(started.slice(0, 5)).toEqual(['batch_1', 'batch_2', 'batch_3', 'batch_4', 'resp_1']);
});
