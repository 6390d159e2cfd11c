import type { SentBy } from '../../http/member';
import { ApiError } from '../errors/api-error';
import { Backoff } from '../store/backoff';
import type { ContentCipher } from '../store/content-cipher';
import { randomHex } from '../store/ids';
import { type Key, partitionOf } from '../store/keys';
import { ofUser } from '../store/range';
import { keyOf, numberOf, optionalNumberOf, type Row, textOf, toAttributes, toKey } from '../store/row';
import { Conflict, type ContentTable } from '../store/table';
import { type Condition, deleteRow, putRow, requireRow, updateRow, type Write } from '../store/writes';
import type { JobQueue } from './queue';
import { encryptedSender, provenSender } from './sender';

/** The rows of jobs that aren't over. The sort key has the number of a place, of which each member has a few. */
export const RUNNING = 'running#';

const placeKey = (user: string, place: number): Key => ({ pk: partitionOf(user), sk: `${RUNNING}${place}` });

/** A job that isn't over. */
export interface RunningJob {
  readonly user: string;
  readonly job: string;
  readonly row: Row;
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** How often a worker has started it. */
  readonly starts: number;
  /** Until when a worker has it, or had it, in Unix milliseconds; 0 if none had it yet. */
  readonly leasedUntil: number;
}

/**
 * For how long a worker has a job without renewing it. A worker that has lost a job can't store anything of it any more, so this is only
 * the delay after a crash.
 */
export const LEASE_MS = 90_000;

/** What running jobs are made of. */
export interface RunningJobsParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly queue: JobQueue;
  /** The most jobs of one member at a time. */
  readonly most: number;
  readonly now: () => Date;
}

/** The jobs of members that aren't over, each in one of the member's places, and at most one worker's at a time. */
export class RunningJobs {
  constructor(private readonly parts: RunningJobsParts) {}

  /**
   * Starts a job in a free place, and queues it.
   *
   * @param content is encrypted in the row
   * @param by how the member sent it
   * @param also further writes of the same transaction
   * @throws ApiError when the member has no place left
   */
  public async start(
    user: string,
    job: string,
    content: unknown,
    by: SentBy = {},
    also: readonly Write[] = [],
  ): Promise<void> {
    const { table, cipher, queue, now } = this.parts;
    const backoff = new Backoff();
    for (;;) {
      const key = placeKey(user, await this.freePlace(user));
      const createdAt = now().getTime();
      const sender = await encryptedSender(cipher, user, key, { job, createdAt, by });
      const encrypted = await cipher.encrypt(user, key, content);
      const expiresAt = Math.ceil((createdAt + LONGEST_MS) / 1_000);
      const row: Row = {
        ...toKey(key),
        ...toAttributes({ job, createdAt, expiresAt, starts: 0, ...encrypted }),
        sender: { B: sender },
      };
      try {
        const writes = [putRow(row, freeAt(createdAt)), queue.add({ user, job, createdAt }), ...also];
        return await table.transact(writes, backoff);
      } catch (error) {
        await cipher.deleteObjects([row]);
        if (!(error instanceof Conflict && error.isOfFirst && (await backoff.next()))) throw error;
      }
    }
  }

  /** A job of the member; undefined if they have none with this ID, or it is over. */
  public async find(user: string, job: string): Promise<RunningJob | undefined> {
    const row = (await this.rows(user)).find((one) => one.job?.S === job);
    return row && toRunning(user, row);
  }

  /**
   * How a member sent a job.
   *
   * @returns undefined if the row doesn't prove it, so that nothing may be done in the member's name
   */
  public sentBy(running: RunningJob): Promise<SentBy | undefined> {
    return provenSender(this.parts.cipher, running);
  }

  /**
   * Takes a job for one worker.
   *
   * @returns undefined while another worker has it
   */
  public async lease(running: RunningJob): Promise<Lease | undefined> {
    const { table, queue, now } = this.parts;
    const at = now().getTime();
    if (running.leasedUntil > at) return undefined;
    const lease = new Lease(running, table, queue, randomHex(), now);
    return (await lease.take()) ? lease : undefined;
  }

  private async freePlace(user: string): Promise<number> {
    const taken = new Set((await this.rows(user)).map((row) => keyOf(row).sk));
    for (let place = 0; place < this.parts.most; place++) if (!taken.has(`${RUNNING}${place}`)) return place;
    throw tooManyJobs(this.parts.most);
  }

  private async rows(user: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const page of this.parts.table.pages(ofUser(user, RUNNING, 100))) rows.push(...page);
    return rows;
  }
}

/** A worker's hold on a job, without which it stores nothing of it. */
export class Lease {
  constructor(
    public readonly running: RunningJob,
    private readonly table: ContentTable,
    private readonly queue: JobQueue,
    private readonly id: string,
    private readonly now: () => Date,
  ) {}

  /** Fails its transaction when the lease is lost. */
  public get current(): Write {
    return requireRow(this.key, this.own());
  }

  /** Ends the job, in the transaction that stores its result; fails it when the lease is lost. */
  public get end(): readonly Write[] {
    return [deleteRow(this.key, this.own()), this.queue.remove(this.running)];
  }

  /** @returns whether no other worker was first */
  public async take(): Promise<boolean> {
    const { starts, job } = this.running;
    const names = { '#job': 'job', '#starts': 'starts', '#lease': 'lease', '#until': 'leasedUntil' };
    return this.changed(
      updateRow(this.key, 'SET #lease = :lease, #until = :until, #starts = :next', {
        ConditionExpression: '#job = :job AND #starts = :starts',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: {
          ':job': { S: job },
          ':starts': { N: `${starts}` },
          ':next': { N: `${starts + 1}` },
          ':lease': { S: this.id },
          ':until': this.until(LEASE_MS),
        },
      }),
    );
  }

  /** @returns whether the job is still this worker's */
  public renew(): Promise<boolean> {
    const own = this.own();
    return this.changed(
      updateRow(this.key, 'SET #until = :until', {
        ConditionExpression: own.ConditionExpression,
        ExpressionAttributeNames: { ...own.ExpressionAttributeNames, '#until': 'leasedUntil' },
        ExpressionAttributeValues: { ...own.ExpressionAttributeValues, ':until': this.until(LEASE_MS) },
      }),
    );
  }

  /** Lets another worker take the job at once. */
  public async release(): Promise<void> {
    await this.removed();
  }

  /** Lets another worker take the job at once, and runs one. */
  public async requeue(): Promise<void> {
    if (await this.removed()) await this.queue.touch(this.running);
  }

  /** Without its ID in the row, a renewal that arrives later can't bring the lease back. */
  private removed(): Promise<boolean> {
    const own = this.own();
    return this.changed(
      updateRow(this.key, 'REMOVE #lease, #until', {
        ConditionExpression: own.ConditionExpression,
        ExpressionAttributeNames: { ...own.ExpressionAttributeNames, '#until': 'leasedUntil' },
        ExpressionAttributeValues: own.ExpressionAttributeValues,
      }),
    );
  }

  private async changed(write: Write): Promise<boolean> {
    try {
      await this.table.transact([write]);
      return true;
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
  }

  private until = (ms: number) => ({ N: `${this.now().getTime() + ms}` });

  private get key(): Key {
    return keyOf(this.running.row);
  }

  private own(): Condition {
    return {
      ConditionExpression: '#lease = :lease',
      ExpressionAttributeNames: { '#lease': 'lease' },
      ExpressionAttributeValues: { ':lease': { S: this.id } },
    };
  }
}

/** A job that nothing could end is forgotten then, and its place is free. */
const LONGEST_MS = 2 * 86_400_000;

const freeAt = (now: number): Condition => ({
  ConditionExpression: 'attribute_not_exists(#pk) OR #created <= :forgotten',
  ExpressionAttributeNames: { '#pk': 'pk', '#created': 'createdAt' },
  ExpressionAttributeValues: { ':forgotten': { N: `${now - LONGEST_MS}` } },
});

const toRunning = (user: string, row: Row): RunningJob => ({
  user,
  job: textOf(row, 'job'),
  row,
  createdAt: numberOf(row, 'createdAt'),
  starts: numberOf(row, 'starts'),
  leasedUntil: optionalNumberOf(row, 'leasedUntil') ?? 0,
});

const tooManyJobs = (most: number) =>
  new ApiError(
    429,
    'rate_limit_exceeded',
    `you have ${most} background responses and batches that aren't over, which is the most; wait until one ends, or cancel one`,
    { type: 'requests', headers: { 'retry-after': '30' } },
  );
