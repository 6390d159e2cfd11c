import type { Content } from '../../gateway/context/content';
import type { InputItem } from '../../gateway/items/items';
import type { ResponseRequest } from '../../gateway/items/parameters';
import type { FetchHandler } from '../../http/handler/request-env';
import type { Member, SentBy } from '../../http/member';
import type { TurnAs } from '../conversations/turns';
import { ApiError } from '../errors/api-error';
import { answerResponse, CANCELLED } from './answer-response';
import { isBatchId } from './batch-keys';
import type { MemberJobs } from './member-jobs';
import type { JobQueue, QueuedJob } from './queue';
import { cancelBatch, runBatch } from './run-batch';
import type { Lease, RunningJob } from './running-jobs';
import type { Repeats } from './sent-request';
import { type Bounds, whileLeased } from './while-leased';

/** The content that a worker reads and adds to. */
export interface WorkerContent {
  jobsOf(member: Member): Promise<MemberJobs | undefined>;
  beginAs(
    member: Member,
    requested: ResponseRequest,
    before: readonly InputItem[],
    as: TurnAs,
  ): ReturnType<Content['begin']>;
}

/** The user of a job, as its requests are made. */
export interface JobActor {
  readonly member: Member;
  /** The only models that it may use; none if it may use all of the workspace's. */
  readonly models?: readonly string[];
}

/** What a worker is made of. */
export interface WorkerOptions {
  readonly content: WorkerContent;
  readonly queue: JobQueue;
  /** The workspace's gateway as one member uses it, whose responses begin as given. */
  readonly gatewayOf: (actor: JobActor, begin?: Content['begin']) => FetchHandler;
  /** The user of a job that was sent in a given way; undefined if its member may not do any more what they asked for. */
  readonly actorOf: (job: RunningJob, by: SentBy) => Promise<JobActor | undefined>;
  /** Receives counts and names, and no IDs. */
  readonly log: (line: object) => void;
  /** @default - the system clock */
  readonly now?: () => Date;
  readonly repeats?: Repeats;
  readonly renewMs?: number;
  /** For how long a step of a batch starts lines. */
  readonly stepMs?: number;
  /** Ends the steps that run, whose jobs another process goes on with. */
  readonly ending?: AbortSignal;
}

/** After this time, nothing repeats the step of a worker that ended without its job: Lambda's retries are over. */
const LOST_MS = 5 * 60_000;

/** Nothing runs a queued job any more after this time: Lambda drops an event of the queue after an hour. */
const DROPPED_MS = 65 * 60_000;

/**
 * Runs the jobs of a workspace's members, as these members: the queue names them, and only a member's own authenticated request writes into
 * it. Everything goes through the gateway, so that limits, guardrails, routes and records are those of any request.
 */
export class Worker {
  private readonly now: () => Date;

  constructor(private readonly options: WorkerOptions) {
    this.now = options.now ?? (() => new Date());
  }

  /**
   * Runs a step of a job, or nothing if it is over or another worker's.
   *
   * @param leftMs how long it may take
   * @throws if a store doesn't answer; the job can be run again at once
   */
  public async run({ user, job }: Pick<QueuedJob, 'user' | 'job'>, leftMs: number): Promise<void> {
    const { queue } = this.options;
    const jobs = await this.jobsOf(user);
    const running = await jobs?.running.find(user, job);
    if (jobs === undefined || running === undefined) return queue.drop({ user, job });
    const lease = await jobs.running.lease(running);
    if (lease === undefined) return;
    try {
      await this.step(lease, jobs, leftMs);
    } catch (error) {
      // Another attempt doesn't have to wait until the lease is over.
      await lease.release().catch(() => {});
      throw error;
    }
  }

  /**
   * Runs the worker again for each job whose turn was lost. A job that a worker has, or whose turn comes, isn't touched: each event of a
   * batch is followed by others until the batch is over.
   *
   * @returns how many jobs have no worker for now, and how many of these are stuck
   */
  public async sweep(): Promise<{ readonly waiting: number; readonly stuck: number }> {
    const { queue } = this.options;
    let waiting = 0;
    let stuck = 0;
    for await (const job of queue.waiting()) {
      const jobs = await this.jobsOf(job.user);
      const running = await jobs?.running.find(job.user, job.job);
      if (running === undefined) {
        await queue.drop(job);
        continue;
      }
      const now = this.now().getTime();
      if (running.leasedUntil > now) continue;
      waiting++;
      // A worker that gives a job back queues it after the end of its lease.
      const isLost = running.leasedUntil > job.at && now - running.leasedUntil >= LOST_MS;
      if (isLost || now - Math.max(running.createdAt, running.leasedUntil) >= DROPPED_MS) stuck++;
      if (isLost || now - job.at >= DROPPED_MS) await queue.touch(job);
    }
    return { waiting, stuck };
  }

  /** The jobs of a member; undefined once their content is erased, after which nothing of theirs is run. */
  private jobsOf(user: string): Promise<MemberJobs | undefined> {
    return this.options.content.jobsOf({ id: user, role: 'member' }).catch(unlessErased);
  }

  private async step(lease: Lease, jobs: MemberJobs, leftMs: number): Promise<void> {
    const { content, log, repeats, renewMs, ending, gatewayOf } = this.options;
    const { running } = lease;
    const by = await jobs.running.sentBy(running);
    const actorOf = async () => by && this.options.actorOf(running, by);
    const actor = await actorOf();
    const mayAct = async () => (await actorOf()) !== undefined;
    if (isBatchId(running.job)) return this.batchStep(actor, lease, jobs, { mayAct, leftMs });
    if (actor === undefined) {
      await jobs.responses.settle(running, CANCELLED, lease.end);
      return log({ event: 'job', kind: 'response', end: 'cancelled', starts: running.starts + 1 });
    }
    const ends = [...lease.end, ...jobs.responses.leftover(running)];
    const gateway = gatewayOf(actor, async (owner, requested, before) => {
      const turn = await content.beginAs(owner, requested, before, { id: running.job, ends });
      const created_at = Math.floor(running.createdAt / 1_000);
      return {
        ...turn,
        finish: (response, ...rest) => turn.finish({ ...response, background: true, created_at }, ...rest),
      };
    });
    const end = await whileLeased(lease, { mayAct, leftMs, renewMs, ending }, (signal) =>
      answerResponse(lease, jobs.responses, gateway, { signal, now: this.now(), repeats }),
    );
    if (ending?.aborted) await lease.release();
    log({ event: 'job', kind: 'response', end, starts: running.starts + 1 });
  }

  private async batchStep(
    actor: JobActor | undefined,
    lease: Lease,
    { batchParts }: MemberJobs,
    { mayAct, leftMs }: Pick<Bounds, 'mayAct' | 'leftMs'>,
  ): Promise<void> {
    const { log, repeats, renewMs, ending, gatewayOf, stepMs } = this.options;
    const end = actor
      ? await whileLeased(lease, { mayAct, leftMs, renewMs, ending }, (signal) =>
          runBatch(batchParts, { lease, gateway: gatewayOf(actor), signal, repeats, stepMs }),
        )
      : await cancelBatch(batchParts, { lease });
    if (end === 'ended') await lease.release();
    if (end === 'again') await lease.requeue();
    log({ event: 'job', kind: 'batch', end });
  }
}

/** Nothing of an erased member is run any more. */
function unlessErased(error: unknown): undefined {
  if (error instanceof ApiError && error.code === 'content_erased') return undefined;
  throw error;
}
