import type { KeyRecord } from './key-record';

/** Where a gateway looks up keys. */
export interface KeyRegistry {
  /**
   * The record of an id as it is now, expired and revoked ones included; none when there never was one.
   *
   * @param anew whether to ask although something is remembered, because a rotation may have changed it
   * @throws when the store can't be asked
   */
  find(id: string, anew?: boolean): Promise<KeyRecord | undefined>;
}

/** Where keys are managed. Every change is one step: it happens whole or not at all. */
export interface KeyStore extends KeyRegistry {
  /** @throws KeyConflict if the id is taken */
  add(record: KeyRecord): Promise<void>;
  /** Every record of a project, in the order in which they were made. */
  list(project: string): Promise<KeyRecord[]>;
  /**
   * Writes a record in the place of what it was.
   *
   * @throws KeyConflict if its secret is another by now, or it was revoked
   */
  replace(record: KeyRecord, was: KeyRecord): Promise<void>;
  /**
   * Revokes a key with every secret that it has.
   *
   * @throws KeyConflict if the project has no such key, or it was revoked already
   */
  revoke(id: string, project: string, revoked: Date): Promise<void>;
}

/** The error of a change that doesn't fit what is stored. */
export class KeyConflict extends Error {
  public override readonly name = 'KeyConflict';
}
