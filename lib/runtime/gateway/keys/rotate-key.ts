import { isActive, type KeyRecord } from './key-record';
import { KeyConflict } from './key-registry';
import type { MadeKey } from './new-key';
import { newSecret } from './secret';

export interface Rotation {
  readonly now: Date;
  /** How long the old secret stays valid, so that clients can change one by one. */
  readonly overlapMs: number;
  /** @default - the key's expiry stays */
  readonly expires?: Date;
}

/**
 * Gives a key another secret. The old one stays valid until its end, which is never later than before.
 *
 * @throws KeyConflict if the key is no longer valid, or three secrets would be valid at once
 */
export function rotatedKey(was: KeyRecord, { now, overlapMs, expires = was.expires }: Rotation): MadeKey {
  const { id, salt, hash, previous } = was;
  if (!isActive(was, now))
    throw new KeyConflict(`key '${id}' is no longer valid, so it can't be rotated; create another key`);
  if (previous !== undefined && now < previous.expires) {
    throw new KeyConflict(
      `key '${id}' was rotated before, and its old secret is valid until ${previous.expires.toISOString()}; wait until then, or ` +
        'create another key and revoke this one',
    );
  }
  const end = Math.min(now.getTime() + overlapMs, was.expires?.getTime() ?? Number.POSITIVE_INFINITY);
  const { key, stored } = newSecret(id);
  return {
    key,
    record: { ...was, ...stored, rotated: now, expires, previous: { salt, hash, expires: new Date(end) } },
  };
}
