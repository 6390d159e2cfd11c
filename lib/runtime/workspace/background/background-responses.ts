import type { ResponseObject } from '../../gateway/items/response-object';
import type { SentBy } from '../../http/member';
import type { Responses } from '../conversations/responses';
import type { DeferredResponse, UnfinishedResponses } from '../conversations/unfinished-responses';
import type { Leftovers } from '../files/leftovers';
import { type ContentCipher, ContentMoved, unlessUseless } from '../store/content-cipher';
import { keyOf } from '../store/row';
import { Conflict, type ContentTable } from '../store/table';
import { ABSENT, deleteRow, putRow, type Write } from '../store/writes';
import type { JobQueue } from './queue';
import type { RunningJob, RunningJobs } from './running-jobs';

/** What responses in the background are made of. */
export interface BackgroundResponsesParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly running: RunningJobs;
  readonly queue: JobQueue;
  readonly responses: Responses;
  readonly leftovers: Leftovers;
  readonly now: () => Date;
}

/** How a response ended without an answer. */
export type Ending = Pick<ResponseObject, 'status' | 'error'>;

/** The responses that are answered in the background. Their requests are stored under the key of their member until they are over. */
export class BackgroundResponses implements UnfinishedResponses {
  constructor(private readonly parts: BackgroundResponsesParts) {}

  /**
   * @param by how the member sent it
   * @throws ApiError when the member has too many jobs
   */
  public async defer(user: string, deferred: DeferredResponse, by?: SentBy): Promise<void> {
    await this.parts.running.start(user, deferred.response.id, deferred, by);
  }

  public async find(user: string, id: string): Promise<DeferredResponse | undefined> {
    const running = await this.parts.running.find(user, id);
    if (running === undefined) return undefined;
    const deferred = await this.open(running);
    const status = running.starts === 0 ? ('queued' as const) : ('in_progress' as const);
    return { ...deferred, response: { ...deferred.response, status } };
  }

  public async cancel(user: string, id: string): Promise<boolean> {
    const running = await this.parts.running.find(user, id);
    if (running === undefined) return false;
    const ends = [
      deleteRow(keyOf(running.row), {
        ConditionExpression: '#job = :job',
        ExpressionAttributeNames: { '#job': 'job' },
        ExpressionAttributeValues: { ':job': { S: id } },
      }),
      // The worker may be calling a model: it takes the job off the queue once it sees that it is over.
      this.parts.queue.add(running),
    ];
    return this.settle(running, { status: 'cancelled', error: null }, ends);
  }

  /**
   * What a worker needs to answer a response.
   *
   * @throws ContentMoved when it is another job's: places are used again, so the row's key doesn't name one job
   */
  public async open({ user, job, row }: RunningJob): Promise<DeferredResponse> {
    // A batch stores no request.
    const deferred = await this.parts.cipher.decrypt<DeferredResponse | null>(user, row);
    if (deferred?.response.id !== job) throw new ContentMoved('the request of a job belongs to another');
    return deferred;
  }

  /**
   * Stores a response that ended without an answer. It isn't added to its conversation. If its request will never be readable, the job ends
   * without a response, because each further attempt would fail as this one.
   *
   * @param ends the writes that end the job, in the same transaction
   * @returns false if the job was over already
   */
  public async settle(running: RunningJob, ending: Ending, ends: readonly Write[]): Promise<boolean> {
    const { table, responses, now } = this.parts;
    const deferred = await this.open(running).catch(unlessUseless);
    if (deferred === undefined) return this.end(ends);
    const { response, input } = deferred;
    const { output: _, ...rest } = { ...response, ...ending };
    const stored = { response: rest, input, output: [] };
    const encrypted = await responses.encrypted(running.user, stored);
    const row = responses.row(running.user, stored, encrypted, now().getTime());
    try {
      await table.transact([putRow(row, ABSENT), ...ends, ...this.leftover(running)]);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      await this.parts.cipher.deleteObjects([row]);
      return false;
    }
    return true;
  }

  /** Only ends a job. What its row refers to may be another's, so it isn't deleted. */
  private async end(ends: readonly Write[]): Promise<boolean> {
    try {
      await this.parts.table.transact(ends);
      return true;
    } catch (error) {
      if (error instanceof Conflict) return false;
      throw error;
    }
  }

  /** The write that notes the object of a long request, which nothing refers to once the job is over. */
  public leftover({ user, row }: RunningJob): readonly Write[] {
    const object = row.object?.S;
    return object === undefined ? [] : [this.parts.leftovers.note(user, [object])];
  }
}
