import type { TrailKeys } from '../trail/trail-keys';

/** The evidence bucket and CloudTrail's public keys, as a bundle is made from them. */
export interface EvidenceStore {
  /** The account of the trail. */
  readonly account: string;
  /** Names of files and of folders directly below a prefix that ends with a slash. Folders end with one too. */
  list(prefix: string): Promise<readonly string[]>;
  /** The first version of a file, which the lock keeps; undefined if there is none. */
  get(file: string): Promise<StoredFile | undefined>;
  /** CloudTrail's public keys of a Region in a time; undefined if they aren't fetched. */
  publicKeys(region: string, from: Date, to: Date): Promise<TrailKeys | undefined>;
}

export interface StoredFile {
  readonly bytes: Buffer;
  /** The object's metadata, by names in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Whether the object has a later version or a delete marker. */
  readonly isReplaced: boolean;
}
