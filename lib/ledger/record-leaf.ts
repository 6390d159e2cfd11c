import { canonicalJson } from './canonical-json';
import { leafHash } from './hash';

/**
 * Bytes of a salt. Without a salt, anyone who knows the possible values of a record could find it by its hash; with a fixed length, no
 * other pair of salt and record has the same bytes.
 */
export const SALT_BYTES = 16;

/**
 * The hash of a record's leaf: SHA-256(0x00 || salt || canonical JSON of the record).
 *
 * @param record the record, or its canonical JSON
 * @throws Error if the salt has another length
 */
export function recordLeaf(record: object | string, salt: Uint8Array): Buffer {
  if (salt.length !== SALT_BYTES) {
    throw new Error(`the salt of a leaf has ${salt.length} bytes, expected ${SALT_BYTES} random ones`);
  }
  return leafHash(salt, Buffer.from(typeof record === 'string' ? record : canonicalJson(record)));
}
