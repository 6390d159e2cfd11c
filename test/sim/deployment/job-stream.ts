import { PARTITION_KEY, SORT_KEY } from '@/lib/contract/tables';
import type { jobHandler } from '@/lib/runtime/workspace/job-handler';
import type { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import type { Random } from '../engine/random';
import { QUEUE, type Stores } from '../stores/stores';
import type { LambdaFunction } from './function';

const TIMEOUT_MS = 15 * 60_000;

/** As in the event source mapping. */
const MOST_ATTEMPTS = 3;
const LONGEST_RETRY_MS = 120_000;

/** How many records the stream loses, because they are too old once their shard gets to them. The sweep has to find these jobs. */
const LOST = 0.05;

/** How many records are delivered twice, at the same time or one after the other. */
const DUPLICATES = 0.2;

/** The worker's function. */
export interface WorkerFunction {
  readonly handler: ReturnType<typeof jobHandler>;
  readonly keyring: BranchKeyring;
}

interface QueuedRow {
  readonly job: string;
  readonly user: string;
}

/** The stream of the queue. It runs the worker for each write of a row: late, twice or never, as its deliveries happen. */
export class JobStream {
  /** The last write of each row that was delivered. */
  private seen = new Map<string, string>();

  constructor(
    private readonly stores: Stores,
    private readonly workers: readonly LambdaFunction<WorkerFunction>[],
    private readonly random: Random,
    private readonly log: (text: string) => void,
    /** Called after each run of a job: whether a call failed meanwhile, or the worker ended. */
    private readonly afterRun: (job: string, isTroubled: boolean) => void,
  ) {}

  /** Delivers what was written, and what the workers write meanwhile. */
  public async deliver(): Promise<void> {
    for (let records = this.collected(); records.length > 0; records = this.collected()) {
      await Promise.all(records.map((record) => this.deliverOne(record)));
    }
  }

  /** The scheduled run of the worker. */
  public async sweep(): Promise<void> {
    await this.invoke(this.instance(), {}).catch((error: Error) => this.log(`sweep ${error.name}`));
  }

  private collected(): QueuedRow[] {
    const rows = this.stores.read('SELECT pk, sk, item FROM item WHERE tbl = ? ORDER BY pk', QUEUE);
    const fresh = rows.filter(({ pk, item }) => this.seen.get(`${pk}`) !== item);
    this.seen = new Map(rows.map(({ pk, item }) => [`${pk}`, `${item}`]));
    return fresh.map(({ pk, sk }) => ({ job: `${pk}`, user: `${sk}` }));
  }

  private async deliverOne(row: QueuedRow): Promise<void> {
    const { random } = this;
    if (random.chance(LOST)) {
      this.log(`lost ${row.job}`);
      return;
    }
    if (!random.chance(DUPLICATES)) return this.attempt(row);
    this.log(`twice ${row.job}`);
    if (random.chance(0.5)) await this.attempt(row);
    else await Promise.all([this.attempt(row), this.attempt(row)]);
    return this.attempt(row);
  }

  private async attempt(row: QueuedRow): Promise<void> {
    for (let attempts = 1; attempts <= MOST_ATTEMPTS; attempts++) {
      const instance = this.instance();
      const began = Date.now();
      try {
        await this.invoke(instance, { Records: [{ eventName: 'MODIFY', dynamodb: { Keys: keysOf(row) } }] });
        return this.afterRun(row.job, instance.faultAt >= began);
      } catch (error) {
        this.afterRun(row.job, true);
        this.log(`worker ${row.job} ${attempts} ${(error as Error).name}`);
        await new Promise<void>((resolve) => setTimeout(resolve, this.random.between(1_000, LONGEST_RETRY_MS)));
      }
    }
  }

  private instance(): LambdaFunction<WorkerFunction> {
    return this.random.pick(this.workers) as LambdaFunction<WorkerFunction>;
  }

  private invoke(
    instance: LambdaFunction<WorkerFunction>,
    event: Parameters<WorkerFunction['handler']>[0],
  ): Promise<void> {
    const end = Date.now() + TIMEOUT_MS;
    return instance.invoke(({ handler }) => handler(event, { getRemainingTimeInMillis: () => end - Date.now() }));
  }
}

const keysOf = ({ job, user }: QueuedRow) => ({ [PARTITION_KEY]: { S: job }, [SORT_KEY]: { S: user } });
