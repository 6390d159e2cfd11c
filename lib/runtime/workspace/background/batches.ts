import type { SentBy } from '../../http/member';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import { ApiError } from '../errors/api-error';
import { newFileId } from '../files/file-keys';
import type { Files } from '../files/files';
import type { ContentCipher } from '../store/content-cipher';
import type { Retention } from '../store/retention';
import { retryChange } from '../store/retry-change';
import { keyOf, numberOf, type Row, toAttributes, toKey } from '../store/row';
import type { ContentTable } from '../store/table';
import { atVersion, putRow } from '../store/writes';
import { type BatchObject, type BatchRecord, isOver, toBatch } from './batch';
import { BATCHES, batchKey, isBatchId, newBatchId } from './batch-keys';
import type { BatchEndpoint } from './batch-lines';
import type { JobQueue } from './queue';
import type { RunningJobs } from './running-jobs';

/** What batches are made of. */
export interface BatchesParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly files: Files;
  readonly running: RunningJobs;
  readonly queue: JobQueue;
  readonly retention: Retention;
  readonly now: () => Date;
}

/** The batches of members, each visible to its own member alone. */
export class Batches {
  constructor(private readonly parts: BatchesParts) {}

  /**
   * @param by how the member sent it
   * @throws ApiError if the file doesn't exist or has another purpose, or the member has too many jobs
   */
  public async create(
    user: string,
    given: { readonly endpoint: BatchEndpoint; readonly inputFile: string; readonly metadata: BatchRecord['metadata'] },
    by?: SentBy,
  ): Promise<BatchObject> {
    const { files, cipher, running, retention, now } = this.parts;
    const { purpose } = await files.describe(user, given.inputFile, 'input_file_id');
    if (purpose !== 'batch') {
      throw new ApiError(
        400,
        'invalid_value',
        '\'input_file_id\' must be a file with the purpose "batch"; send it again with this purpose',
        {
          param: 'input_file_id',
        },
      );
    }
    const time = now();
    const id = newBatchId(time);
    const record: BatchRecord = { ...given, outputFile: newFileId(time), errorFile: newFileId(time) };
    const key = batchKey(user, id);
    const at = time.getTime();
    const row: Row = {
      ...toKey(key),
      ...toAttributes({
        status: 'validating',
        version: 1,
        createdAt: at,
        expiresAt: retention.expiryOf(at),
        ...(await cipher.encrypt(user, key, record)),
      }),
    };
    await running.start(user, id, null, by, [putRow(row)]);
    return toBatch(id, row, record);
  }

  public async find(user: string, id: string): Promise<BatchObject> {
    const row = await this.require(user, id);
    return toBatch(id, row, await this.record(user, row));
  }

  /** A member's batches, ordered by the time at which they were created. */
  public async list(user: string, query: PageQuery): Promise<Page<BatchObject>> {
    if (query.after !== undefined && !isBatchId(query.after)) throw batchNotFound('after');
    const { rows, more } = await this.parts.table.listPage(user, BATCHES, query);
    const batches = rows.map(async (row) => toBatch(idOf(row), row, await this.record(user, row)));
    return pageOf(await Promise.all(batches), more);
  }

  /** Cancels a batch that isn't over. A worker writes the files of what was answered until then. */
  public async cancel(user: string, id: string): Promise<BatchObject> {
    const { table, queue, now } = this.parts;
    const row = await retryChange(table, async () => {
      const before = await this.require(user, id);
      if (isOver(before)) {
        throw new ApiError(409, 'invalid_value', 'the batch is over, so it can not be cancelled', {
          param: 'batch_id',
        });
      }
      const version = numberOf(before, 'version');
      const changes = { status: 'cancelling', cancellingAt: now().getTime(), version: version + 1 };
      const after = { ...before, ...toAttributes(changes) };
      const job = { user, job: id, createdAt: numberOf(before, 'createdAt') };
      return { writes: [putRow(after, atVersion(version)), queue.add(job)], result: after };
    });
    return toBatch(id, row, await this.record(user, row));
  }

  public async get(user: string, id: string): Promise<Row | undefined> {
    return isBatchId(id) ? this.parts.table.get(batchKey(user, id)) : undefined;
  }

  public record(user: string, row: Row): Promise<BatchRecord> {
    return this.parts.cipher.decrypt<BatchRecord>(user, row);
  }

  private async require(user: string, id: string): Promise<Row> {
    const row = await this.get(user, id);
    if (row === undefined) throw batchNotFound('batch_id');
    return row;
  }
}

const idOf = (row: Row): string => keyOf(row).sk.slice(BATCHES.length);

const batchNotFound = (param: string) =>
  new ApiError(404, 'batch_not_found', 'there is no batch with this id', { param });
