import { nameOf } from '../rights/deployed/name-of';
import type { KeyStoreOptions } from '../workspace/vault/key-store';
import { BranchKeyCopy } from './copy-branch-keys';

/** What the handler that copies keys runs with. */
export interface CopyHandlerOptions {
  readonly from: KeyStoreOptions;
  readonly to: KeyStoreOptions;
  readonly log: (line: object) => void;
}

/** No row is begun later after the call than this, in milliseconds: the next call comes soon. */
const BUDGET_MS = 8 * 60_000;

/** Copies the keys that aren't in the recovery Region yet; what it logs and throws holds counts and names alone. */
export function copyHandler({ from, to, log }: CopyHandlerOptions): () => Promise<void> {
  const copy = new BranchKeyCopy(from, to);
  return async () => {
    try {
      log({ event: 'recovery-keys', ...(await copy.sweep(Date.now() + BUDGET_MS)) });
    } catch (error) {
      const stopped = nameOf(error);
      log({ event: 'recovery-keys', stopped });
      throw new Error(`keys were not copied: ${stopped}`);
    }
  };
}
