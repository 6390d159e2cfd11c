import { createPublicKey } from 'node:crypto';
import { type LedgerKey, ledgerKey, readVerifier, type SignatureType } from '../../../ledger/keys';
import { UsageError } from '../../shared/usage-error';
import { readInput } from '../shared/read-input';

/** A public key that still needs its name. */
export type NamedKey = (name: string) => LedgerKey;

/**
 * The public key in a file: PEM, as `openssl` writes it, or one line with name, ID and key, which fixes the name.
 *
 * @throws UsageError if it is neither
 */
export function readPublicKey(option: string, file: string, type: SignatureType): NamedKey {
  const text = readInput(option, file);
  try {
    if (!text.includes('-----BEGIN')) {
      const key = readVerifier(text.trim());
      if (key.type !== type) throw new Error(`the key is one of a ${key.type}, expected one of a ${type}`);
      return () => key;
    }
    const publicKey = createPublicKey(text);
    return (name) => ledgerKey(name, type, publicKey);
  } catch (error) {
    throw new UsageError(`${option}: the file has no Ed25519 public key: ${(error as Error).message}`);
  }
}
