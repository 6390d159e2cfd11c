import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyRecord, StoredSecret } from './key-record';

/** What of a record recognises its key. */
type Recognising = StoredSecret & Pick<KeyRecord, 'previous'>;

/** This many random bytes, in base64url. */
export const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** A new secret for an ID: the whole key, which exists nowhere else, and the part that is stored. */
export function newSecret(id: string): { readonly key: string; readonly stored: StoredSecret } {
  const key = `${id}.${randomText(32)}`;
  const salt = randomText(16);
  return { key, stored: { salt, hash: hashKey(key, salt).toString('base64url') } };
}

/**
 * HMAC-SHA-256 under the salt. A slow hash protects guessable secrets, and 256 random bits can't be guessed. The ID is part of the
 * hashed text, so that a record works for no other ID.
 */
const hashKey = (key: string, salt: string): Buffer =>
  createHmac('sha256', Buffer.from(salt, 'base64url')).update(key).digest();

/** Compared with if there is no record, so that the check takes as long as for a wrong secret. */
const NO_SECRET: StoredSecret = { salt: randomText(16), hash: randomText(32) };

/** The digest of the key that was recognised by the current secret of a record. A record never changes. */
const recognised = new WeakMap<Recognising, Buffer>();

/** Whether a key matches a valid secret of a record, in a duration that doesn't reveal where they differ. */
export function isKeyOf(record: Recognising | undefined, key: string, now: Date): boolean {
  const digest = hash('sha256', key, 'buffer');
  const known = record && recognised.get(record);
  if (known !== undefined && timingSafeEqual(known, digest)) return true;
  const isCurrent = equals(record ?? NO_SECRET, key);
  const isPrevious = equals(record?.previous ?? NO_SECRET, key);
  const previousWorks = record?.previous !== undefined && now < record.previous.expires;
  if (record !== undefined && isCurrent) recognised.set(record, digest);
  return record !== undefined && (isCurrent || (isPrevious && previousWorks));
}

function equals({ salt, hash: stored }: StoredSecret, key: string): boolean {
  const expected = Buffer.from(stored, 'base64url');
  const given = hashKey(key, salt);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
