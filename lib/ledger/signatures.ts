import { verify } from 'node:crypto';
import { cosignedMessage, timeOf, withTime } from './cosignature';
import type { LedgerKey } from './keys';
import type { NoteSignature, SignedNote } from './note';

const SIGNATURE_BYTES = 64;

/**
 * The bytes that a key signs for a note: the text itself, or what a cosigner states of it.
 *
 * @param time of a cosignature, in seconds since 1970
 */
export const messageOf = ({ type }: LedgerKey, text: string, time: number): Buffer =>
  Buffer.from(type === 'log' ? text : cosignedMessage(text, time));

/** A signature over `messageOf` as a line of the note. */
export function signatureOf({ name, id, type }: LedgerKey, signature: Buffer, time: number): NoteSignature {
  return { name, keyId: id, signature: type === 'log' ? signature : withTime(signature, time) };
}

/** What a key signed of a note. */
export type Signed =
  | { readonly isSigned: true; readonly time?: number }
  | { readonly isSigned: false; readonly why: string };

/**
 * Whether a key signed a note. Signatures of other keys are ignored, and so are further ones of this key, unless one of them is false:
 * then the note isn't signed.
 */
export function signedBy(key: LedgerKey, { text, signatures }: SignedNote): Signed {
  const own = signatures.filter(({ name, keyId }) => name === key.name && keyId.equals(key.id));
  if (own.length === 0) return { isSigned: false, why: `it has no signature of the key ${keyName(key)}` };
  const times = own.map(({ signature }) => verified(key, text, signature));
  const [time] = times;
  if (times.includes(undefined)) return { isSigned: false, why: `its signature of the key ${keyName(key)} is false` };
  return key.type === 'log' ? { isSigned: true } : { isSigned: true, time };
}

/** The time of a signature that is true; 0 if it has none. */
function verified(key: LedgerKey, text: string, bytes: Buffer): number | undefined {
  const time = key.type === 'log' ? 0 : timeOf(bytes);
  const signature = bytes.subarray(-SIGNATURE_BYTES);
  const isWhole = bytes.length === SIGNATURE_BYTES + (key.type === 'log' ? 0 : 8);
  if (time === undefined || !isWhole) return undefined;
  return verify(null, messageOf(key, text, time), key.publicKey, signature) ? time : undefined;
}

const keyName = ({ name, id }: LedgerKey): string => `${name} (ID ${id.toString('hex')})`;
