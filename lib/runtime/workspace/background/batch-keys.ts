import { timedHex } from '../store/ids';
import { type Key, partitionOf } from '../store/keys';

/** An ID that begins with its time, so that a member's batches are listed by age. */
export const newBatchId = (time: Date): string => `batch_${timedHex(time)}`;

export const isBatchId = (id: string): boolean => /^batch_[0-9a-f]{44}$/.test(id);

export const BATCHES = 'batch#';

export const batchKey = (user: string, batch: string): Key => ({ pk: partitionOf(user), sk: `${BATCHES}${batch}` });

/** The lines of a batch that were started, until its files are written. */
export const linesOf = (batch: string): string => `batchline#${batch}#`;

export const lineKey = (user: string, batch: string, index: number): Key => ({
  pk: partitionOf(user),
  sk: `${linesOf(batch)}${`${index}`.padStart(6, '0')}`,
});
