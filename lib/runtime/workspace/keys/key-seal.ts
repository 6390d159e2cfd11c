import { type ContentCipher, ContentMoved } from '../store/content-cipher';
import { toKey } from '../store/row';
import { sealKey } from './key-row';
import type { MemberKey } from './member-key';

interface Sealed {
  readonly name: string;
  /** What the row says of the key in plain text. */
  readonly of: string;
}

type Unsealed = Omit<MemberKey, 'sealed'>;

/** Everything in plain text that decides what a key may do. */
export const sealText = ({
  id,
  salt,
  hash,
  createdAt,
  ends,
  models,
  requestsPerMinute,
  tokensPerDay,
}: Unsealed): string =>
  JSON.stringify([id, salt, hash, createdAt, ends, models ?? null, requestsPerMinute ?? null, tokensPerDay ?? null]);

/**
 * Encrypts the name of a key together with what the row says of it. A lookup must not cost a call of KMS, so the rest of the row is in
 * plain text. Without the seal, a principal that can write to the table but not decrypt could give a member a key of their own.
 */
export async function seal(cipher: ContentCipher, user: string, key: Unsealed, name: string): Promise<MemberKey> {
  // No larger than a row, so it is never in the bucket.
  const { content } = await cipher.encrypt(user, sealKey(user, key.id), { name, of: sealText(key) } satisfies Sealed);
  if (content === undefined) throw new Error('the name of a key is too large for its row');
  return { ...key, sealed: content };
}

/**
 * The name of a key.
 *
 * @throws ContentMoved when the row says something else of the key than was sealed
 */
export async function unseal(cipher: ContentCipher, user: string, key: MemberKey): Promise<string> {
  const row = { ...toKey(sealKey(user, key.id)), content: { B: key.sealed } };
  const { name, of } = await cipher.decrypt<Sealed>(user, row);
  if (of !== sealText(key)) throw new ContentMoved('a key was changed in its row');
  return name;
}
