import { type ContentCipher, ContentMoved } from '../store/content-cipher';
import { toKey } from '../store/row';
import { proofKey } from './key-row';
import type { MemberKey } from './member-key';

interface Proof {
  readonly name: string;
  /** What the row says of the key in plain text. */
  readonly of: string;
}

type Unproven = Omit<MemberKey, 'proof'>;

/** Everything in plain text that decides what a key may do. */
export const provenText = ({
  id,
  salt,
  hash,
  createdAt,
  ends,
  models,
  requestsPerMinute,
  tokensPerDay,
  course,
  tokensPerMonth,
  usdPerMonth,
}: Unproven): string => {
  // Keys that were made before there were courses have a proof without this part.
  const further = { course, tokensPerMonth, usdPerMonth };
  const isSaid = Object.values(further).some((one) => one !== undefined);
  return JSON.stringify([
    ...[id, salt, hash, createdAt, ends, models ?? null, requestsPerMinute ?? null, tokensPerDay ?? null],
    ...(isSaid ? [further] : []),
  ]);
};

/**
 * Encrypts the name of a key together with what the row says of it. A lookup must not cost a call of KMS, so the rest of the row is in
 * plain text. Without the proof, a principal that can write to the table but not decrypt could give a member a key of their own.
 */
export async function withProof(cipher: ContentCipher, user: string, key: Unproven, name: string): Promise<MemberKey> {
  // No larger than a row, so it is never in the bucket.
  const { content } = await cipher.encrypt(user, proofKey(user, key.id), { name, of: provenText(key) } satisfies Proof);
  if (content === undefined) throw new Error('the name of a key is too large for its row');
  return { ...key, proof: content };
}

/**
 * The name of a key.
 *
 * @throws ContentMoved when the row says something else of the key than was encrypted
 */
export async function provenName(cipher: ContentCipher, user: string, key: MemberKey): Promise<string> {
  const row = { ...toKey(proofKey(user, key.id)), content: { B: key.proof } };
  const { name, of } = await cipher.decrypt<Proof>(user, row);
  if (of !== provenText(key)) throw new ContentMoved('a key was changed in its row');
  return name;
}
