import {
  AlgorithmSuiteIdentifier,
  type BranchKeyStoreNode,
  buildClient,
  CommitmentPolicy,
  KmsHierarchicalKeyRingNode,
} from '@aws-crypto/client-node';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';

import { type KeyMaker, OwnKeyMaker } from './key-maker';
import { branchKeyId, encryptionContext, type KeyStore, type KeyStoreOptions, openKeyStore } from './key-store';
import { ERASED, rowKey } from './key-store-client';
import { KeyGone, UnreadableMessage, type VerifierKeyring } from './keyring';

/** No signature: every principal that may decrypt may also encrypt, and signing would take most of the time. */
const SUITE = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;

const sdk = buildClient({
  commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
  maxEncryptedDataKeys: 1,
});

/** The keyring of one workspace: each user has a branch key of their own under the workspace's key. */
export class BranchKeyring implements VerifierKeyring {
  private readonly workspace: string;
  private readonly table: KeyStoreOptions['table'];
  private readonly keys: KeyStore;
  private readonly maker: KeyMaker;
  private readonly opening = new Map<string, Promise<void>>();

  /** @param maker makes missing keys; by default this process does, with its own permissions */
  constructor(options: KeyStoreOptions, maker?: KeyMaker) {
    this.workspace = options.workspace;
    this.table = options.table;
    this.keys = openKeyStore(options);
    this.maker = maker ?? new OwnKeyMaker(this.workspace, this.keys);
  }

  public ensureKey(user: string): Promise<void> {
    const opening = this.opening.get(user) ?? this.makeKey(user).finally(() => this.opening.delete(user));
    this.opening.set(user, opening);
    return opening;
  }

  public async encrypt(user: string, plaintext: Uint8Array): Promise<Uint8Array> {
    const id = branchKeyId(this.workspace, user);
    const options = { suiteId: SUITE, encryptionContext: encryptionContext(this.workspace, user) };
    const { result } = await this.keys.using(
      (store) => sdk.encrypt(sdkKeyring(id, store), plaintext, options),
      (error) => error,
    );
    return result;
  }

  public async decrypt(user: string, message: Uint8Array): Promise<Uint8Array> {
    const id = branchKeyId(this.workspace, user);
    const { plaintext, messageHeader } = await this.keys.using(
      (store) => sdk.decrypt(sdkKeyring(id, store), message),
      (cause) => unreadable({ cause }),
    );
    const expected = Object.entries(encryptionContext(this.workspace, user));
    if (expected.some(([name, value]) => messageHeader.encryptionContext[name] !== value)) throw unreadable();
    return plaintext;
  }

  public isErased(user: string): Promise<boolean> {
    const { client, name: TableName } = this.table;
    const Key = rowKey(branchKeyId(this.workspace, user), ERASED);
    return isThere(client.send(new GetItemCommand({ TableName, Key })));
  }

  private async makeKey(user: string): Promise<void> {
    const id = branchKeyId(this.workspace, user);
    if (await this.exists(id)) return;
    await this.maker.make(user, () => this.exists(id));
    await this.keys.store.getActiveBranchKey(id);
  }

  private exists(id: string): Promise<boolean> {
    return isThere(this.keys.store.getActiveBranchKey(id));
  }
}

/** Whether a row of the key store is there; its client throws when there is none. */
async function isThere(row: Promise<unknown>): Promise<boolean> {
  try {
    await row;
    return true;
  } catch (error) {
    if (error instanceof KeyGone) return false;
    throw error;
  }
}

/** Accepts only messages under this user's branch key, so no other key is fetched. */
const sdkKeyring = (id: string, keyStore: BranchKeyStoreNode) =>
  new KmsHierarchicalKeyRingNode({ branchKeyId: id, keyStore, cache: NO_CACHE, cacheLimitTtl: 0 });

const unreadable = (options?: ErrorOptions) =>
  new UnreadableMessage('the stored message belongs to another user, or was changed', options);

/** The key store has the cache: it knows the user of each key. */
const NO_CACHE: ConstructorParameters<typeof KmsHierarchicalKeyRingNode>[0]['cache'] = {
  getBranchKeyMaterial: () => false,
  putBranchKeyMaterial: () => {},
  getEncryptionMaterial: () => false,
  putEncryptionMaterial: () => {},
  getDecryptionMaterial: () => false,
  putDecryptionMaterial: () => {},
  del: () => {},
};
