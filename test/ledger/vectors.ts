import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { type LedgerKey, ledgerKey } from '@/lib/ledger/keys';
import type { NoteSignature } from '@/lib/ledger/note';
import { messageOf, signatureOf } from '@/lib/ledger/signatures';

/** A private Ed25519 key from a number, so that tests repeat. */
export function keyOf(seed: number): KeyObject {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]);
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
}

/** Signs a text as the owner of a key would. */
export function signText(privateKey: KeyObject, key: LedgerKey, text: string, time = 0): NoteSignature {
  return signatureOf(key, sign(null, messageOf(key, text, time), privateKey), time);
}

export const LOG = ledgerKey('example.eu/ledger', 'log', keyOf(1));
export const OFFICER = ledgerKey('example.eu/officer', 'cosigner', keyOf(2));
