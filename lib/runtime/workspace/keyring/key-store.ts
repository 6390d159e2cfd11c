import { BranchKeyStoreNode } from '@aws-crypto/client-node';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import { branchKeyStoreName } from '../../../contract/branch-key-store';
import { BranchKeyCache } from './branch-key-cache';
import { KEY_CACHE_MS, UnreadableMessage } from './keyring';

/** The location of a workspace's branch keys. */
export interface KeyStoreOptions {
  /** The workspace's id. */
  readonly workspace: string;
  /** The table of branch keys, and a client from `keyStoreClient` that nothing else uses. */
  readonly table: { readonly client: DynamoDBClient; readonly name: string };
  /** The workspace's key, under which each branch key is encrypted. */
  readonly key: { readonly client: KMSClient; readonly arn: string };
  /**
   * How long a key is used before it is fetched again, in milliseconds.
   *
   * @default KEY_CACHE_MS
   */
  readonly cacheMs?: number;
  /** @default - the system clock, in milliseconds */
  readonly now?: () => number;
}

/** The branch keys of a workspace, as the AWS Encryption SDK stores them. */
export interface KeyStore {
  readonly store: BranchKeyStoreNode;
  /**
   * Runs a function with a store, and throws the error of that store if there was one: the SDK's own errors only quote it.
   *
   * @param otherwise makes the error to throw when the store isn't the reason
   */
  using<T>(use: (store: BranchKeyStoreNode) => Promise<T>, otherwise: (error: unknown) => unknown): Promise<T>;
}

/** Whether a text can be no more than an id. */
export const isUserId = (user: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(user);

/**
 * The id of a user's branch key. It is part of a row's key, and readable.
 *
 * @throws if the user's id could be more than an id, such as an address
 */
export function branchKeyId(workspace: string, user: string): string {
  if (isUserId(user)) return `${workspace}/${user}`;
  throw new Error(
    "a user's id must be 1 to 128 letters, digits, '-' and '_', since it is readable in the key store; use the pool's 'sub'",
  );
}

/** The context that each key and message is bound to, and that is readable in both. */
export const encryptionContext = (workspace: string, user: string) => ({ workspace, user });

/** The number of keys that a process has in memory at most. */
const MAX_KEYS = 1_000;

/** Opens the key store of a workspace. */
export function openKeyStore(options: KeyStoreOptions): KeyStore {
  const { workspace, table, key, cacheMs = KEY_CACHE_MS, now = Date.now } = options;
  const cache = new BranchKeyCache(cacheMs, MAX_KEYS, now);
  // The SDK's keyring accepts only instances of the SDK's class.
  const store = new (class extends BranchKeyStoreNode {
    public override getActiveBranchKey(id: string) {
      return cache.take(id, () => readable(super.getActiveBranchKey(id)));
    }

    public override getBranchKeyVersion(id: string, version: string) {
      return cache.take(`${id}#${version}`, () => readable(super.getBranchKeyVersion(id, version)));
    }
  })({
    logicalKeyStoreName: branchKeyStoreName(workspace),
    storage: { ddbTableName: table.name, ddbClient: table.client },
    keyManagement: { kmsClient: key.client },
    kmsConfiguration: { identifier: key.arn },
  });
  return {
    store,
    using: async (use, otherwise) => {
      const failure: { error?: unknown } = {};
      try {
        return await use(recording(failure, store));
      } catch (error) {
        throw failure.error ?? otherwise(error);
      }
    },
  };
}

/** KMS answers this if a branch key's row was changed or belongs to another user: no other attempt would succeed. */
const BROKEN = ['InvalidCiphertextException', 'IncorrectKeyException'];

/** @throws UnreadableMessage when the row of a branch key doesn't decrypt */
async function readable<T>(key: Promise<T>): Promise<T> {
  try {
    return await key;
  } catch (cause) {
    if (!(cause instanceof Error) || !BROKEN.includes(cause.name)) throw cause;
    throw new UnreadableMessage("the row of a branch key was changed, or is another user's", { cause });
  }
}

/**
 * The store for one call, which records its error. An object per call costs less than an `AsyncLocalStorage`, for which Node 20 runs a
 * hook at every promise of the process.
 */
function recording(failure: { error?: unknown }, store: BranchKeyStoreNode): BranchKeyStoreNode {
  const recorded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      failure.error = error;
      throw error;
    }
  };
  return Object.create(store, {
    getActiveBranchKey: { value: (id: string) => recorded(store.getActiveBranchKey(id)) },
    getBranchKeyVersion: { value: (id: string, version: string) => recorded(store.getBranchKeyVersion(id, version)) },
  });
}
