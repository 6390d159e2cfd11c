import type { ContentCipher } from '../store/content-cipher';
import type { Key } from '../store/keys';
import type { Row } from '../store/row';

/** The digest of an exported file, encrypted: a readable one would tell whether a member has a known file. */
export async function encryptedDigest(cipher: ContentCipher, user: string, key: Key, sha256: string) {
  const { content } = await cipher.encrypt(user, key, sha256);
  return { content };
}

/** Whether the row of an export has the digest, and so its file is complete. */
export const hasDigest = ({ content, sha256 }: Row): boolean => (content ?? sha256) !== undefined;

/** The digest in a row of an export, by the user whose export it is. Version 0.1.0 stored it unencrypted. */
export const digestOf = async (cipher: ContentCipher, user: string, { sk, content, sha256 }: Row) =>
  sk === undefined || content === undefined ? sha256?.S : cipher.decrypt<string>(user, { sk, content });
