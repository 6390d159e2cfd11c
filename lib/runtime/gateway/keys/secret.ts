import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeptSecret, KeyRecord } from './key-record';

/** This many random bytes, in base64url. */
export const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');

/** A new secret for an id: the whole key, which exists nowhere else, and what is kept of it. */
export function newSecret(id: string): { readonly key: string; readonly kept: KeptSecret } {
  const key = `${id}.${randomText(32)}`;
  const salt = randomText(16);
  return { key, kept: { salt, hash: hashKey(key, salt).toString('base64url') } };
}

/**
 * HMAC-SHA-256 under the salt. A slow hash would protect a secret that can be guessed; 256 random bits can't be. The id is
 * part of what is hashed, so that a record serves no other id.
 */
const hashKey = (key: string, salt: string): Buffer =>
  createHmac('sha256', Buffer.from(salt, 'base64url')).update(key).digest();

/** Compared with where there is nothing, so that it takes as long as a wrong secret. */
const NOBODY: KeptSecret = { salt: randomText(16), hash: randomText(32) };

/** Whether a key has a secret of a record at a time, in a time that tells nothing of where they differ. */
export function isKeyOf(record: KeyRecord | undefined, key: string, now: Date): boolean {
  const isCurrent = equals(record ?? NOBODY, key);
  const isPrevious = equals(record?.previous ?? NOBODY, key);
  const previousWorks = record?.previous !== undefined && now < record.previous.expires;
  return record !== undefined && (isCurrent || (isPrevious && previousWorks));
}

function equals({ salt, hash }: KeptSecret, key: string): boolean {
  const kept = Buffer.from(hash, 'base64url');
  const given = hashKey(key, salt);
  return kept.length === given.length && timingSafeEqual(kept, given);
}
