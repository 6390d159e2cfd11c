import type { SentBy } from '../../http/member';
import { KeyGone } from '../keyring/keyring';
import { type ContentCipher, isUnreadable } from '../store/content-cipher';
import type { Key } from '../store/keys';
import { keyOf, type Row, toKey } from '../store/row';

/** How a job was sent, and which job that was. */
interface Sender {
  readonly job: string;
  readonly createdAt: number;
  readonly by: SentBy;
}

/** The key under which the sender is encrypted, as if it had a row of its own. */
const senderKey = ({ pk, sk }: Key): Key => ({ pk, sk: `${sk}#sender` });

/**
 * Encrypts how a job was sent. Its key decides whether it may go on, and key and groups decide what it charges, so a principal that can write to the
 * table but not decrypt must not be able to change them.
 */
export async function encryptedSender(
  cipher: ContentCipher,
  user: string,
  key: Key,
  sender: Sender,
): Promise<Uint8Array> {
  // No larger than a row: of groups, only those with budgets or courses are in it.
  const { content } = await cipher.encrypt(user, senderKey(key), sender);
  if (content === undefined) throw new Error('the sender of a job is too large for its row');
  return content;
}

/** How a job was sent; undefined if its row has no sender, another job's, or a changed one. */
export async function provenSender(
  cipher: ContentCipher,
  { user, job, createdAt, row }: { readonly user: string; readonly row: Row } & Omit<Sender, 'by'>,
): Promise<SentBy | undefined> {
  const encrypted = row.sender?.B;
  if (encrypted === undefined) return undefined;
  try {
    const of = { ...toKey(senderKey(keyOf(row))), content: { B: encrypted } };
    const sender = await cipher.decrypt<Sender>(user, of);
    return sender.job === job && sender.createdAt === createdAt ? sender.by : undefined;
  } catch (error) {
    if (isUnreadable(error) || error instanceof KeyGone) return undefined;
    throw error;
  }
}
