import { canonicalJson } from '../../../ledger/canonical-json';
import { readCheckpoint } from '../../../ledger/checkpoint';
import { readNote } from '../../../ledger/note';
import { recordLeaf, SALT_BYTES } from '../../../ledger/record-leaf';
import { signedBy } from '../../../ledger/signatures';
import { verifyInclusion } from '../../../ledger/verify-proofs';
import type { NamedKey } from '../ledger/public-key';

/** Proves that a record is in a ledger. Of the other records, it has nothing but hashes of salted leaves. */
export interface Proof {
  /** The version of this form. */
  readonly format: 1;
  readonly record: Readonly<Record<string, unknown>>;
  /** In base64url. */
  readonly salt: string;
  /** The number of the leaf, from 0. */
  readonly index: number;
  /** Hashes from the leaf upwards, in base64. */
  readonly inclusion: readonly string[];
  /** A signed note with the tree's size and root. */
  readonly checkpoint: string;
}

/**
 * Reads a proof.
 *
 * @throws Error if it isn't one
 */
export function readProof(text: string): Proof {
  try {
    const { format, record, salt, index, inclusion, checkpoint } = JSON.parse(text) as Proof;
    const isWhole =
      format === 1 &&
      typeof record === 'object' &&
      record !== null &&
      Number.isSafeInteger(index) &&
      [salt, checkpoint, ...inclusion].every((one) => typeof one === 'string') &&
      Buffer.from(salt, 'base64url').length === SALT_BYTES;
    if (isWhole) return { format, record, salt, index, inclusion, checkpoint };
  } catch {
    // The same as a file with other contents.
  }
  throw new Error("the file is neither a bundle nor a proof; name what 'audit bundle' or 'audit prove' wrote");
}

/** The ledger and the size of the tree that a proof shows its record in. */
export interface Proved {
  readonly origin: string;
  readonly size: number;
}

/**
 * Verifies a proof with the ledger's public key.
 *
 * @throws Error with what is wrong
 */
export function verifyProof({ record, salt, index, inclusion, checkpoint }: Proof, key: NamedKey): Proved {
  const note = readNote(checkpoint);
  const { origin, size, root } = readCheckpoint(note.text);
  const signed = signedBy(key(origin), note);
  if (!signed.isSigned) throw new Error(`the checkpoint isn't the ledger's: ${signed.why}`);
  const leaf = { hash: recordLeaf(canonicalJson(record), Buffer.from(salt, 'base64url')), index };
  const hashes = inclusion.map((hash) => Buffer.from(hash, 'base64'));
  if (!verifyInclusion(leaf, { size, root }, hashes)) {
    throw new Error(`the record isn't leaf ${index} of the ${size} leaves of the checkpoint`);
  }
  return { origin, size };
}
