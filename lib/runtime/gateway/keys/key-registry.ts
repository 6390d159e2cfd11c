import type { KeyRecord } from './key-record';

/** Where a gateway looks up keys. `Found` is what an ID leads to. */
export interface KeyRegistry<Found extends object = KeyRecord> {
  /**
   * The current record of an ID, even if it is expired or revoked; undefined if it never existed.
   *
   * @param refresh whether to bypass a cached record, because a rotation may have changed it
   * @throws if the store can't be reached
   */
  find(id: string, refresh?: boolean): Promise<Found | undefined>;
}

/** A store in which keys are managed. Every change is atomic. */
export interface KeyStore extends KeyRegistry {
  /** @throws KeyConflict if the id is taken */
  add(record: KeyRecord): Promise<void>;
  /** Every record of a project, in order of creation. */
  list(project: string): Promise<KeyRecord[]>;
  /**
   * Replaces a record.
   *
   * @throws KeyConflict if its secret has changed since `was`, or it was revoked
   */
  replace(record: KeyRecord, was: KeyRecord): Promise<void>;
  /**
   * Revokes a key with all its secrets.
   *
   * @throws KeyConflict if the project has no such key, or it is already revoked
   */
  revoke(id: string, project: string, revoked: Date): Promise<void>;
}

/** The error of a change that doesn't fit what is stored. */
export class KeyConflict extends Error {
  public override readonly name = 'KeyConflict';
}
