import { changeKeys } from './change-keys';
import { branchKeyId, encryptionContext, type KeyStore } from './key-store';

/** Makes a user's branch key. */
export interface KeyMaker {
  /**
   * Returns when there is a key, which another process may have made.
   *
   * @param exists reads again whether there is one
   * @throws KeyGone when the user was erased
   */
  make(user: string, exists: () => Promise<boolean>): Promise<void>;
}

/** Makes keys in the key store itself, for which it needs the permission to write there. */
export class OwnKeyMaker implements KeyMaker {
  constructor(
    private readonly workspace: string,
    private readonly keys: KeyStore,
  ) {}

  public async make(user: string): Promise<void> {
    const branchKeyIdentifier = branchKeyId(this.workspace, user);
    const context = encryptionContext(this.workspace, user);
    await changeKeys(() => this.keys.store.createKey({ branchKeyIdentifier, encryptionContext: context }));
  }
}
