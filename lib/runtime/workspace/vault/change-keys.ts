import { type CancellationReason, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GONE } from './key-store-client';
import { KeyGone } from './vault';

/** What came of a change of keys: it was made, or somebody else had made one. */
export type Change = 'made' | 'overtaken';

/** So that everybody who waits for the same row doesn't come back at the same time. */
const PAUSE_MS = 25;
const TRIES = 6;

/**
 * Makes a change of a user's keys through the SDK, again when it met another one. The last part of the transaction is the check
 * that the user wasn't erased, which `keyStoreClient` adds.
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
      if (attempt === TRIES || !reasons.some(isPassing)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE_MS * 2 ** attempt));
    }
  }
}

const isFailed = (reason?: CancellationReason) => reason?.Code === 'ConditionalCheckFailed';

/** What another try may not meet. The SDK tries throttled requests again, and not what was throttled within a transaction. */
const isPassing = ({ Code = '' }: CancellationReason) =>
  ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'].includes(Code);
