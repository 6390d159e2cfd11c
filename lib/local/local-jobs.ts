import { setTimeout as pause } from 'node:timers/promises';
import type { JobQueue, QueuedJob } from '../runtime/workspace/background/queue';
import type { Worker } from '../runtime/workspace/background/worker';

/** The interval at which the queue is read: a stream does that in a deployment. */
const LOOK_MS = 500;

/** As long as a step may take in a deployment. */
const STEP_MS = 14 * 60_000;

/** Enough that a batch doesn't keep a response waiting, and few enough for one process. */
const AT_ONCE = 4;

/** The background jobs of one workspace on this machine: this process is their worker. Jobs of an earlier process go on. */
export class LocalJobs {
  private readonly running = new Map<string, Promise<void>>();
  /** When this process last started each job that waits. */
  private started = new Map<string, number>();
  private readonly ending = new AbortController();
  private readonly worker: Worker;
  private readonly looking: Promise<void>;

  /** @param failed receives the error of a step, which is tried again at the next look */
  constructor(
    toWorker: (ending: AbortSignal) => Worker,
    private readonly queue: JobQueue,
    private readonly failed: (error: unknown) => void,
  ) {
    this.worker = toWorker(this.ending.signal);
    this.looking = this.look();
  }

  /** Ends the steps that run. A later process goes on with their jobs. */
  public async close(): Promise<void> {
    this.ending.abort();
    await this.looking;
    await Promise.all(this.running.values());
  }

  private async look(): Promise<void> {
    while (!this.ending.signal.aborted) {
      try {
        await this.startNext();
      } catch (error) {
        this.failed(error);
      }
      await pause(LOOK_MS, undefined, { ref: false, signal: this.ending.signal }).catch(() => {});
    }
  }

  /** Starts the jobs that have waited longest. A batch that gave way, or a job that can't go on yet, is behind the others. */
  private async startNext(): Promise<void> {
    const waiting: { readonly job: QueuedJob; readonly since: number }[] = [];
    for await (const job of this.queue.waiting()) {
      waiting.push({ job, since: Math.max(job.at, this.started.get(job.job) ?? 0) });
    }
    this.started = new Map(waiting.map(({ job, since }) => [job.job, since]));
    for (const { job } of waiting.sort((a, b) => a.since - b.since)) {
      if (this.running.size >= AT_ONCE) return;
      this.start(job);
    }
  }

  private start({ user, job }: QueuedJob): void {
    if (this.running.has(job)) return;
    this.started.set(job, Date.now());
    const step = this.worker
      .run({ user, job }, STEP_MS)
      .catch((error) => this.failed(error))
      .finally(() => this.running.delete(job));
    this.running.set(job, step);
  }
}
