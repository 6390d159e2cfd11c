import { errorName } from '../rights/deployed/error-name';
import type { KeyStoreOptions } from '../workspace/keyring/key-store';
import { BranchKeyCopy } from './copy-branch-keys';

/** What the handler that copies keys is made of. */
export interface CopyHandlerOptions {
  readonly from: KeyStoreOptions;
  readonly to: KeyStoreOptions;
  readonly log: (line: object) => void;
}

/** No row is begun later than this after the call, in milliseconds: the next call comes soon. */
const BUDGET_MS = 8 * 60_000;

/** Copies the keys that aren't in the recovery Region yet. Its log and its errors hold counts and names only. */
export function copyHandler({ from, to, log }: CopyHandlerOptions): () => Promise<void> {
  const copy = new BranchKeyCopy(from, to);
  return async () => {
    try {
      log({ event: 'recovery-keys', ...(await copy.sweep(Date.now() + BUDGET_MS)) });
    } catch (error) {
      const stopped = errorName(error);
      log({ event: 'recovery-keys', stopped });
      throw new Error(`keys were not copied: ${stopped}`);
    }
  };
}
