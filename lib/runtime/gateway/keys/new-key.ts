import { KEY_PREFIXES, type KeyKind } from './key-form';
import type { KeyRecord } from './key-record';
import { newSecret, randomText } from './secret';

/** The owner and purpose of a new key. */
export interface NewKey {
  /** Where it is valid: in a deployment, or in a local `serve`. */
  readonly kind: KeyKind;
  readonly project: string;
  /** Whether the project is an open one; absent for a declared one. */
  readonly open?: true;
  readonly created: Date;
  /** @default - none */
  readonly label?: string;
  /** @default - none beyond those of its project */
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
  /** @default - it doesn't expire */
  readonly expires?: Date;
}

/** A key and its record. */
export interface MadeKey {
  /** The whole key. It exists nowhere else and can't be derived from the record. */
  readonly key: string;
  readonly record: KeyRecord;
}

/** Creates a key without storing it. */
export function newKey({ kind, ...about }: NewKey): MadeKey {
  const id = `${KEY_PREFIXES[kind]}_${randomText(12)}`;
  const { key, stored } = newSecret(id);
  const counts = about.label === undefined ? {} : { countsLabel: true as const };
  return { key, record: { id, ...about, ...counts, ...stored } };
}
