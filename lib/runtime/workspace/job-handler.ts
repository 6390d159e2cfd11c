import { PARTITION_KEY, SORT_KEY, type TableKey } from '../../contract/tables';
import type { Worker } from './background/worker';

/** What the worker is invoked with: a batch of the queue's stream, or the schedule's event, which has no records. */
export interface JobEvent {
  readonly Records?: readonly {
    readonly eventName?: string;
    readonly dynamodb?: { readonly Keys?: Partial<TableKey<{ readonly S?: string }>> };
  }[];
}

/** The time left for the last writes of a step. */
const LAST_WRITES_MS = 30_000;

/**
 * Runs a step of each job that the queue names, and looks for stuck ones on a schedule. If a store doesn't answer, the batch is tried again.
 *
 * @param settled is awaited at the end: a function that has returned is frozen, together with what it was writing
 */
export const jobHandler =
  (worker: Pick<Worker, 'run' | 'sweep'>, settled: () => Promise<void>) =>
  async ({ Records }: JobEvent, context: { getRemainingTimeInMillis(): number }): Promise<void> => {
    try {
      if (Records === undefined) return await worker.sweep();
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
