import { DeleteItemCommand, PutItemCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT, queuedJobRow } from '../../../contract/tables';
import { unixSeconds } from '../../aws/table';
import type { TableAccess } from '../store/content-stores';
import { numberOf, type Row, textOf } from '../store/row';
import type { Write } from '../store/writes';

/** A job in the queue, by IDs alone. */
export interface QueuedJob {
  readonly user: string;
  /** The ID of a response or of a batch. */
  readonly job: string;
  /** When the job was created, in Unix milliseconds. */
  readonly createdAt: number;
}

/** For how long a job that nothing can run stays in the queue: longer than any job may take. */
const QUEUED_MS = 2 * 86_400_000;

/**
 * The queue of a workspace's jobs. A row has two IDs and two times, and no content. Each write of a row runs the worker, by the table's
 * stream.
 */
export class JobQueue {
  constructor(
    private readonly table: TableAccess,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** The write that queues a job, for a transaction. It differs each millisecond: DynamoDB streams no write that changes nothing. */
  public add(job: QueuedJob): Write {
    return { Put: { TableName: this.table.name, Item: this.row(job) } };
  }

  /** The write that takes a job off the queue, for a transaction. */
  public remove({ user, job }: Pick<QueuedJob, 'user' | 'job'>): Write {
    return { Delete: { TableName: this.table.name, Key: queuedJobRow(job, user) } };
  }

  /** Runs the worker for a job again. */
  public async touch(job: QueuedJob): Promise<void> {
    await this.table.client.send(new PutItemCommand({ TableName: this.table.name, Item: this.row(job) }));
  }

  /** Takes a job off the queue that doesn't exist any more. */
  public async drop({ user, job }: Pick<QueuedJob, 'user' | 'job'>): Promise<void> {
    await this.table.client.send(new DeleteItemCommand({ TableName: this.table.name, Key: queuedJobRow(job, user) }));
  }

  /** Every queued job, with the time of its last write in Unix milliseconds. */
  public async *waiting(): AsyncGenerator<QueuedJob & { readonly at: number }> {
    let ExclusiveStartKey: ScanCommandOutput['LastEvaluatedKey'];
    do {
      const page: ScanCommandOutput = await this.table.client.send(
        new ScanCommand({ TableName: this.table.name, ConsistentRead: true, ExclusiveStartKey }),
      );
      for (const row of page.Items ?? []) {
        yield {
          user: textOf(row, 'sk'),
          job: textOf(row, 'pk'),
          createdAt: numberOf(row, 'createdAt'),
          at: numberOf(row, 'at'),
        };
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }

  private row({ user, job, createdAt }: QueuedJob): Row {
    return {
      ...queuedJobRow(job, user),
      createdAt: { N: `${createdAt}` },
      at: { N: `${this.now().getTime()}` },
      [EXPIRES_AT]: { N: unixSeconds(new Date(createdAt + QUEUED_MS)) },
    };
  }
}
