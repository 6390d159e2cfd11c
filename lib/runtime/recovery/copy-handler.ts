import { errorName } from '../rights/deployed/error-name';
import type { KeyStoreOptions } from '../workspace/keyring/key-store';
import { BranchKeyCopy } from './copy-branch-keys';

/** What the handler that copies keys needs. */
export interface CopyHandlerOptions {
  readonly from: KeyStoreOptions;
  readonly to: KeyStoreOptions;
  readonly log: (line: object) => void;
}

/** The time after which a call starts no further row, in milliseconds; the next call comes soon. */
const BUDGET_MS = 8 * 60_000;

/** The log field of unchanged keys. */
const UNCHANGED = 'kept';

/** Copies the keys that aren't in the recovery Region yet. Its log and errors contain only counts and names. */
export function copyHandler({ from, to, log }: CopyHandlerOptions): () => Promise<void> {
  const copy = new BranchKeyCopy(from, to);
  return async () => {
    try {
      const { unchanged, ...counts } = await copy.sweep(Date.now() + BUDGET_MS);
      log({ event: 'recovery-keys', [UNCHANGED]: unchanged, ...counts });
    } catch (error) {
      const stopped = errorName(error);
      log({ event: 'recovery-keys', stopped });
      throw new Error(`keys were not copied: ${stopped}`);
    }
  };
}
