import { KeyGone } from '../keyring/keyring';
import { type ContentCipher, isUnreadable } from '../store/content-cipher';
import { unavailable } from '../store/errors';
import { provenName, provenText } from './key-proof';
import type { MemberKey } from './member-key';

/** The keys whose proof this process has seen, with all that it is about, so that a row that is read again costs no call of KMS. */
const proven = new Set<string>();

/** The most of them. */
const MOST_PROVEN = 10_000;

/** Whether a key is one that its member created. It is decrypted only once its secret is known to be right, and once in a process. */
export async function isProven(cipher: ContentCipher, member: string, key: MemberKey): Promise<boolean> {
  const known = `${member} ${provenText(key)}`;
  if (proven.has(known)) return true;
  try {
    await provenName(cipher, member, key);
  } catch (error) {
    if (isUnreadable(error) || error instanceof KeyGone) return false;
    throw unavailable(error);
  }
  if (proven.size >= MOST_PROVEN) proven.clear();
  proven.add(known);
  return true;
}
