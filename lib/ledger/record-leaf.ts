import { canonicalJson } from './canonical-json';
import { LEAF, sha256 } from './hash';

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
  const json = typeof record === 'string' ? record : canonicalJson(record);
  if (room.length < START + json.length * MOST_BYTES) room = Buffer.alloc(START + json.length * MOST_BYTES, LEAF);
  room.set(salt, LEAF.length);
  return sha256(room.subarray(0, START + room.write(json, START)));
}

const START = LEAF.length + SALT_BYTES;
/** Of a code unit in UTF-8. */
const MOST_BYTES = 3;
/** The bytes of the leaf that is hashed: a buffer for each of a million leaves would take longer than its hash. */
let room = Buffer.alloc(4_096, LEAF);
