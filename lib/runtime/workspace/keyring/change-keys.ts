import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GONE } from './key-store-client';
import { KeyGone } from './keyring';

/** The result of a change of keys: it was made, or another process made one first. */
export type Change = 'made' | 'overtaken';

/** Random pauses, so that processes that wait for the same row don't retry at the same time. */
const PAUSE_MS = 25;
const TRIES = 6;

/**
 * Changes a user's keys through the SDK, and retries when it conflicts with another change. The last part of the transaction is the
 * check that the user wasn't erased, which `keyStoreClient` adds.
 *
 * @throws KeyGone when the user was erased
 */
export async function changeKeys(change: () => Promise<unknown>): Promise<Change> {
  for (let attempt = 1; ; attempt++) {
    try {
      await change();
      return 'made';
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      if (isFailed(reasons.at(-1))) throw new KeyGone(GONE);
      if (reasons.some(isFailed)) return 'overtaken';
      if (attempt === TRIES || !reasons.some(isTransient)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE_MS * 2 ** attempt));
    }
  }
}

const isFailed = (reason?: CancellationReason) => reason?.Code === 'ConditionalCheckFailed';

/** Reasons that a retry may not meet. The SDK retries throttled requests, but not throttling within a transaction. */
const isTransient = ({ Code = '' }: CancellationReason) =>
  ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'].includes(Code);
