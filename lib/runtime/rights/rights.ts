import type { NextStep } from '../../contract/rights';
import { exportKey } from '../workspace/exports/exports';
import { ContentObjects } from '../workspace/store/objects';
import { toKey } from '../workspace/store/row';
import { Seal } from '../workspace/store/seal';
import { standingKey } from '../workspace/store/standing';
import { Conflict, ContentTable, type Write } from '../workspace/store/table';
import { closingSteps } from './closing-steps';
import { erasureSteps } from './erasure-steps';
import { exportSteps } from './export-steps';
import { type Hold, Holds } from './holds';
import { type Actor, type Job, type JobKind, newJob } from './job';
import { JobStore, RIGHTS } from './job-store';
import { Partitions } from './partition';
import { readmissionSteps } from './readmission-steps';
import { Refused } from './refused';
import { retentionSteps } from './retention-steps';
import type { RightsOptions } from './rights-options';
import type { Steps } from './steps';
import { UserObjects } from './user-objects';

/** What is next for a job. */
export type Next = NextStep;

/** The rights of a workspace's users, and what an administrator decides of their content without reading it. */
export class Rights {
  public readonly holds: Holds;
  private readonly jobs: JobStore;
  private readonly table: ContentTable;
  private readonly kinds: Readonly<Record<JobKind, Steps>>;
  private readonly now: () => Date;

  constructor(private readonly options: RightsOptions) {
    const { table, bucket, vault, now = () => new Date() } = options;
    this.now = now;
    this.table = new ContentTable(table.client, table.name, now);
    this.jobs = new JobStore(this.table);
    this.holds = new Holds(this.table, options, now);
    const partitions = new Partitions(table.client, table.name);
    const objects = new UserObjects(bucket.client, bucket.name);
    const contents = new ContentObjects(bucket.client, bucket.name);
    const shared = { ...options, table: this.table, jobs: this.jobs, partitions, objects, now };
    this.kinds = {
      close: closingSteps({ ...options, content: this.table, jobs: this.jobs, holds: this.holds, now }),
      erase: erasureSteps(shared),
      export: exportSteps({ ...shared, contents, seal: new Seal(vault, contents) }),
      readmit: readmissionSteps(shared),
      retain: retentionSteps({ ...options, partitions, objects, now }),
    };
  }

  /**
   * Begins the erasure of a user; from then on no request of theirs is served. Asked again, it is the same erasure.
   *
   * @throws Refused when something of theirs is on hold, or the keys of a workspace that is being closed are about to end
   */
  public async erase(user: string, by: string): Promise<Job> {
    const job = newJob('erase', user, by, this.now(), 'canary', 'erasing');
    const mark: Write = {
      Update: {
        TableName: undefined,
        Key: toKey(standingKey(user)),
        UpdateExpression: 'SET #erasing = :job',
        ConditionExpression: 'attribute_not_exists(#erasing) AND (attribute_not_exists(#holds) OR #holds = :none)',
        ExpressionAttributeNames: { '#erasing': 'erasing', '#holds': 'holds' },
        ExpressionAttributeValues: { ':job': { S: job.id }, ':none': { N: '0' } },
      },
    };
    try {
      await this.beforeKeysEnd((noticed) => this.table.transact([mark, this.jobs.beginning(job), ...noticed]));
      return job;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const row = await this.table.get(standingKey(user));
      const known = row?.erasing?.S === undefined ? undefined : await this.jobs.find(row.erasing.S);
      if (known !== undefined) return known;
      throw new Refused('held', heldMessage(await this.holds.of(user)));
    }
  }

  /**
   * Begins an export of everything of a user, for themselves alone.
   *
   * @param handed for somebody who has left and has no token: which member opens it, once another administrator has released it, and
   *   why
   * @throws Refused when they are being erased, or the recipient isn't somebody else than they and who asks
   */
  public async export(
    user: string,
    by: string,
    handed?: { readonly recipient: string; readonly reason: string },
  ): Promise<Job> {
    const job = { ...newJob('export', user, by, this.now(), 'announce', 'preparing'), figures: { ...handed } };
    if (handed !== undefined && [user, by].includes(handed.recipient)) {
      throw new Refused('same', 'the recipient must be another person than the user, and than who asks for it');
    }
    const { erasing } = await this.holds.standing(user);
    if (erasing) throw new Refused('erased', 'what there was of this user is being erased, or was');
    await this.table.transact([this.jobs.beginning(job)]);
    return job;
  }

  /**
   * Releases an export of somebody who has left to its recipient. Two administrators have decided it then, both recorded.
   *
   * @returns none if there is no such job
   * @throws Refused for whoever asked for it or gets it, and where it isn't one that waits for a release
   */
  public async handOver(id: string, by: string): Promise<Job | undefined> {
    const job = await this.jobs.find(id);
    if (job === undefined) return undefined;
    // Asked again, since no answer came or nothing was begun.
    if (job.figures.releasedBy === by) return job;
    // Once its time is over, its objects are being deleted.
    const isOver = job.notBefore !== undefined && job.notBefore <= this.now().getTime();
    if (job.step !== 'unreleased' || isOver) {
      throw new Refused('unreleasable', 'this job is no export that waits for its release; its state says what it is');
    }
    if ([job.by, job.figures.recipient].includes(by)) {
      throw new Refused(
        'same',
        'whoever asked for an export, or gets it, can not release it; another administrator must',
      );
    }
    const figures = { ...job.figures, releasedBy: by, releasedAt: this.now().getTime() };
    try {
      return await this.jobs.change(job, { state: 'releasing', step: 'hand-over', notBefore: undefined, figures });
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      throw new Refused('unreleasable', 'somebody else has released this export, or its time is over');
    }
  }

  /**
   * Does what a closing has to wait for, or none of it once it is too late.
   *
   * @param begin given the writes by which closings that are under way look again
   * @throws Refused when a closing has come to the end of the keys
   */
  private async beforeKeysEnd<T>(begin: (noticed: readonly Write[]) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const closing = await this.closing();
      if (closing !== undefined && !CALLABLE_OFF.includes(closing.step)) {
        throw new Refused('ending', 'the workspace is being closed, and its keys are about to end');
      }
      try {
        return await begin(closing === undefined ? [] : [this.jobs.noticed(closing)]);
      } catch (error) {
        // A closing went on in between.
        if (!(error instanceof Conflict) || error.isOfFirst || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /**
   * Begins to close the workspace: everybody's last export, a week to fetch it, and then the end of its key. While one is under way, it is
   * the same one.
   *
   * @param days until the key that nobody can use any more is deleted, 7 to 30
   * @throws Refused while anything is on hold
   */
  public async close(by: string, days: number): Promise<Job> {
    const last = await this.lastClosing();
    if (last !== undefined && last.step !== 'done') return last;
    const held = (await this.holds.list()).filter(({ releasedAt }) => releasedAt === undefined);
    if (held.length > 0) throw new Refused('held', heldMessage(held));
    const job = { ...newJob('close', '', by, this.now(), 'users', 'closing'), figures: { days } };
    try {
      await this.table.transact([onlyClosing(job, last), this.jobs.beginning(job)]);
      return job;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // Somebody else has begun one in between.
      return this.close(by, days);
    }
  }

  /** The closing that is under way. */
  private async closing(): Promise<Job | undefined> {
    const job = await this.lastClosing();
    return job?.step === 'done' ? undefined : job;
  }

  private async lastClosing(): Promise<Job | undefined> {
    const row = await this.table.get(CLOSING);
    return row?.job?.S === undefined ? undefined : this.jobs.find(row.job.S);
  }

  /**
   * Calls a closing off, for as long as the key is there. The exports that were made stay until their time is over.
   *
   * @returns none if there is no such job
   * @throws Refused when it is too late, or it is no closing
   */
  public async callOff(id: string): Promise<Job | undefined> {
    const job = await this.jobs.find(id);
    if (job === undefined) return undefined;
    if (job.kind === 'close' && CALLABLE_OFF.includes(job.step)) {
      try {
        return await this.jobs.change(job, { state: 'called-off', step: 'done', notBefore: undefined });
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        // It went on in between, or something else did that it waits for.
        return this.callOff(id);
      }
    }
    throw new Refused('uncallable', 'this job is no closing that could be called off now');
  }

  /**
   * Suspends expiry and deletion of a user's content, or of one conversation.
   *
   * @returns the hold, and the job by which what is there already stays
   * @throws Refused when they are being erased, or the keys of a workspace that is being closed are about to end
   */
  public async hold(wanted: Pick<Hold, 'user' | 'conversation' | 'reason' | 'by'>): Promise<{ hold: Hold; job: Job }> {
    const job = this.retaining(wanted.user, wanted.by);
    const hold = await this.beforeKeysEnd((noticed) =>
      this.holds.place(wanted, [this.jobs.beginning(job), ...noticed]),
    );
    if (hold === undefined) throw new Refused('erased', 'what there was of this user is being erased, or was');
    return { hold, job };
  }

  /**
   * Ends a hold: periods count again, and what they are over for expires.
   *
   * @returns none if there is none; no job where it had been released before
   */
  public async release(id: string, by: string): Promise<{ hold: Hold; job?: Job } | undefined> {
    let job: Job | undefined;
    const hold = await this.holds.release(id, by, (user) => {
      job = this.retaining(user, by);
      return this.jobs.beginning(job);
    });
    const begun = job && (await this.jobs.find(job.id));
    return hold && { hold, job: begun };
  }

  /**
   * Applies what is decided now to content that is there already.
   *
   * @param user everybody's when left out
   */
  public async retain(user: string | undefined, by: string): Promise<Job> {
    const job = this.retaining(user ?? '', by);
    await this.table.transact([this.jobs.beginning(job)]);
    return job;
  }

  /** Applies the workspace's period to everybody's content if it is another than the one that was applied last. */
  public async retainAnew(by: string): Promise<Job | undefined> {
    const applied = (await this.list()).filter(({ kind, user }) => kind === 'retain' && user === '').at(-1);
    if (applied?.figures.period === this.period) return undefined;
    return this.retain(undefined, by);
  }

  private retaining(user: string, by: string): Job {
    const job = newJob('retain', user, by, this.now(), user === '' ? 'sweep' : 'tags', 'applying');
    return { ...job, figures: { period: this.period } };
  }

  private get period(): string {
    const { retentionDays } = this.options;
    return retentionDays === undefined ? 'until-deleted' : `${retentionDays}d`;
  }

  /**
   * Begins to let somebody back whose erasure is certified: they begin anew, with a key of their own.
   *
   * @throws Refused when nothing of theirs was erased, or while there is no certificate
   */
  public async readmit(user: string, by: string): Promise<Job> {
    const row = await this.table.get(standingKey(user));
    const erasure = row?.erasing?.S === undefined ? undefined : await this.jobs.find(row.erasing.S);
    if (erasure === undefined)
      throw new Refused('present', 'nothing of this user was erased; they need no readmission');
    if (erasure.step !== 'done') {
      throw new Refused(
        'uncertified',
        'this user is let back once their erasure is certified, which takes a day and some minutes',
      );
    }
    const job = newJob('readmit', user, by, this.now(), 'readmit', 'readmitting');
    const begun = { ...job, figures: { erasure: erasure.id } };
    await this.table.transact([this.jobs.beginning(begun)]);
    return begun;
  }

  public find(id: string): Promise<Job | undefined> {
    return this.jobs.find(id);
  }

  public list(): Promise<Job[]> {
    return this.jobs.list();
  }

  /** What is next of a job. */
  public next({ id, kind, step, notBefore }: Job): Next {
    const actor = this.kinds[kind][step]?.actor;
    const isEarly = notBefore !== undefined && notBefore > this.now().getTime();
    return {
      job: id,
      actor,
      notBefore: actor !== undefined && isEarly ? new Date(notBefore).toISOString() : undefined,
    };
  }

  /**
   * Does the next step of a job, or nothing if it is over or too early.
   *
   * @param actor whose steps may be done here; anybody's when left out
   */
  public async advance(id: string, actor?: Actor): Promise<Next> {
    const job = await this.jobs.find(id);
    if (job === undefined) throw new Error(`there is no job '${id}'`);
    const next = this.next(job);
    const step = this.kinds[job.kind][job.step];
    const isOthers = actor !== undefined && next.actor !== actor;
    if (step === undefined || next.notBefore !== undefined || isOthers) return next;
    const change = await step.run(job);
    try {
      return this.next(await this.jobs.change(job, change));
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return this.overtaken(job, error, change);
    }
  }

  /** Somebody else ran the same step, or what it was about is gone. */
  private async overtaken(job: Job, { isOfFirst }: Conflict, change: Parameters<JobStore['change']>[1]): Promise<Next> {
    const now = await this.jobs.find(job.id);
    if (now === undefined || isOfFirst) return now === undefined ? { job: job.id } : this.next(now);
    const { erasing } = await this.holds.standing(job.user);
    // What is exported of somebody who is being erased goes with the rest of them.
    if (erasing) return this.next(await this.jobs.change(now, { state: 'cancelled', step: 'done' }));
    const isThere = (await this.table.get(exportKey(job.user, job.id))) !== undefined;
    if (isThere) throw new Error(`step '${job.step}' of job '${job.id}' was not written; resume it`);
    return this.next(await this.jobs.change(now, { ...change, also: [] }));
  }
}

/** The steps of a closing before which the keys are ended by nothing. */
const CALLABLE_OFF: readonly string[] = ['users', 'exports', 'fetched'];

/** Which closing was begun last. */
const CLOSING = { pk: RIGHTS, sk: 'closing' };

/** The write by which a closing is the only one: to call it off has to leave none. */
const onlyClosing = (job: Job, last: Job | undefined): Write => ({
  Put: {
    TableName: undefined,
    Item: { ...toKey(CLOSING), job: { S: job.id } },
    ConditionExpression: last === undefined ? 'attribute_not_exists(#job)' : '#job = :last',
    ExpressionAttributeNames: { '#job': 'job' },
    ...(last !== undefined && { ExpressionAttributeValues: { ':last': { S: last.id } } }),
  },
});

/** How often it is tried again to be there before a closing goes on. */
const ATTEMPTS = 5;

const heldMessage = (holds: readonly Hold[]): string =>
  `nothing is erased while it is on hold: ${holds
    .map(({ id, by, at, reason }) => `${id} by ${by} of ${new Date(at).toISOString().slice(0, 10)}, ${reason}`)
    .join('; ')}; release it first`;
