import { PARTITION_KEY, SORT_KEY, type TableKey } from '../../contract/tables';
import type { Worker } from './background/worker';
import { sweepLine } from './sweep-line';

/** What the worker is invoked with: a batch of the queue's stream, or the schedule's event, which has no records. */
export interface JobEvent {
  readonly Records?: readonly {
    readonly eventName?: string;
    readonly dynamodb?: { readonly Keys?: Partial<TableKey<{ readonly S?: string }>> };
  }[];
}

/** What the handler of jobs is made of. */
export interface JobHandlerOptions {
  readonly worker: Pick<Worker, 'run' | 'sweep'>;
  /** The workspace's ID. */
  readonly tenant: string;
  readonly log: (line: object) => void;
  /** Is awaited at the end: a function that has returned is frozen, together with what it was writing. */
  readonly settled: () => Promise<void>;
  /** @default - the system clock */
  readonly now?: () => Date;
}

/** The time left for the last writes of a step. */
const LAST_WRITES_MS = 30_000;

/**
 * Runs a step of each job that the queue names, and looks for stuck ones on a schedule. If a store doesn't answer, the batch is tried again.
 */
export const jobHandler =
  ({ worker, tenant, log, settled, now = () => new Date() }: JobHandlerOptions) =>
  async ({ Records }: JobEvent, context: { getRemainingTimeInMillis(): number }): Promise<void> => {
    try {
      if (Records === undefined) return log(sweepLine(tenant, await worker.sweep(), now()));
      for (const { eventName, dynamodb } of Records) {
        const job = dynamodb?.Keys?.[PARTITION_KEY]?.S;
        const user = dynamodb?.Keys?.[SORT_KEY]?.S;
        if (eventName === 'REMOVE' || job === undefined || user === undefined) continue;
        await worker.run({ user, job }, context.getRemainingTimeInMillis() - LAST_WRITES_MS);
      }
    } finally {
      await settled();
    }
  };
