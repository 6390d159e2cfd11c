import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { sha256 } from '../core/sha256';
import type { Signer } from './dsse';

/** Why a key can't be used; the message never repeats the key. */
export class KeyError extends Error {
  public override readonly name = 'KeyError';
}

/** Ed25519 signs the message itself, and ECDSA its SHA-256. */
const DIGESTS: Readonly<Record<string, string | null>> = { ed25519: null, ec: 'sha256' };

/**
 * A signer with a private key.
 *
 * @param pem the key in PEM, without a passphrase
 * @throws KeyError if it isn't an Ed25519 or P-256 key
 */
export function localSigner(pem: string): Signer {
  const key = read(
    pem,
    createPrivateKey,
    'a private key in PEM without a passphrase; make one with: openssl genpkey -algorithm ed25519 -out key.pem',
  );
  const digest = digestOf(key);
  return { keyId: keyIdOf(createPublicKey(key)), sign: async (message) => sign(digest, message, key) };
}

/**
 * The public key of a verifier.
 *
 * @param pem the key in PEM, or a private key, whose public part counts
 * @throws KeyError if it isn't an Ed25519 or P-256 key
 */
export function publicKeyOf(pem: string): KeyObject {
  const key = read(
    pem,
    createPublicKey,
    'a public key in PEM; its owner writes it with: openssl pkey -in key.pem -pubout -out key.pub',
  );
  digestOf(key);
  return key;
}

/** SHA-256 of a public key as DER, in hexadecimal. */
export const keyIdOf = (key: KeyObject): string => sha256(key.export({ format: 'der', type: 'spki' }));

/** Whether a key signed a message. */
export const isSignedBy = (key: KeyObject, message: Buffer, signature: Buffer): boolean =>
  verify(digestOf(key), message, key, signature);

function read(pem: string, parse: (pem: string) => KeyObject, expected: string): KeyObject {
  try {
    return parse(pem);
  } catch {
    throw new KeyError(`the file isn't ${expected}`);
  }
}

function digestOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | null {
  const digest = DIGESTS[asymmetricKeyType ?? 'unknown'];
  const isOtherCurve = asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve !== 'prime256v1';
  if (digest === undefined || isOtherCurve) {
    throw new KeyError('the key is of another kind; use an Ed25519 key, or an ECDSA key of the curve P-256');
  }
  return digest;
}
