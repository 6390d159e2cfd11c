import { createPublicKey, type KeyObject } from 'node:crypto';
import { sha256 } from './hash';
import { KEY_ID_BYTES } from './note';

/** A public key by its name, for one kind of signature. */
export interface LedgerKey {
  readonly name: string;
  readonly type: SignatureType;
  /** An Ed25519 key. */
  readonly publicKey: KeyObject;
  readonly id: Buffer;
}

/** What the key signs: checkpoints of its log, or cosignatures. */
export type SignatureType = keyof typeof TYPES;

/** The first byte of the key (c2sp.org/signed-note). */
const TYPES = { log: 0x01, cosigner: 0x04 } as const;

const KEY_BYTES = 32;

/**
 * A key by its name.
 *
 * @param key a private or public Ed25519 key
 * @throws Error if the key is of another kind, or if the name can't be that of a key
 */
export function ledgerKey(name: string, type: SignatureType, key: KeyObject): LedgerKey {
  if (!/^[^\s+]+$/.test(name)) {
    throw new Error("the name of a key is empty or has spaces or '+'; use a name such as example.eu/ledger");
  }
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Error(
      `the key is of type ${key.asymmetricKeyType ?? key.type}, expected an Ed25519 key; make one with: openssl genpkey -algorithm ed25519`,
    );
  }
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const hashed = Buffer.concat([Buffer.from(`${name}\n`), typedBytes(type, publicKey)]);
  return { name, type, publicKey, id: sha256(hashed).subarray(0, KEY_ID_BYTES) };
}

/** The key as one line, which Go's `note` package reads too: name, ID and bytes. */
export const verifierText = ({ name, type, publicKey, id }: LedgerKey): string =>
  `${name}+${id.toString('hex')}+${typedBytes(type, publicKey).toString('base64')}`;

/**
 * Reads a key from its line.
 *
 * @throws Error if the line isn't one, or if its ID isn't that of the key
 */
export function readVerifier(line: string): LedgerKey {
  const [, name = '', id = '', base64 = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(line) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  const type = (Object.keys(TYPES) as SignatureType[]).find((one) => TYPES[one] === bytes[0]);
  if (name !== '' && type !== undefined && bytes.length === KEY_BYTES + 1) {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') };
    const key = ledgerKey(name, type, createPublicKey({ key: jwk, format: 'jwk' }));
    if (key.id.toString('hex') === id && verifierText(key) === line) return key;
  }
  throw new Error(
    'the line is no key: expected NAME+ID+BASE64 of an Ed25519 key, with the ID of this key; copy it again',
  );
}

function typedBytes(type: SignatureType, publicKey: KeyObject): Buffer {
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from([TYPES[type]]), Buffer.from(x, 'base64url')]);
}
