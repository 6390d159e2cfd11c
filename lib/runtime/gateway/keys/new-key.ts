import { KEY_PREFIXES, type KeyKind } from './key-form';
import type { KeyRecord } from './key-record';
import { newSecret, randomText } from './secret';

/** Whom a new key is for. */
export interface NewKey {
  /** Where it opens something: in a deployment, or in a `serve` of this machine. */
  readonly kind: KeyKind;
  readonly project: string;
  readonly created: Date;
  /** @default - none */
  readonly label?: string;
  /** @default - it has no end */
  readonly expires?: Date;
}

/** A key and its record. */
export interface MadeKey {
  /** The whole key. It exists nowhere else, and can't be made from the record. */
  readonly key: string;
  readonly record: KeyRecord;
}

/** Makes a key, which is stored by nobody yet. */
export function newKey({ kind, ...about }: NewKey): MadeKey {
  const id = `${KEY_PREFIXES[kind]}_${randomText(12)}`;
  const { key, kept } = newSecret(id);
  return { key, record: { id, ...about, ...kept } };
}
