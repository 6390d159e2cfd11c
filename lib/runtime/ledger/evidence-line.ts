import type { RESIDENCY_EVENT } from '../../contract/metrics';
import { canonicalJson } from '../../ledger/canonical-json';
import { SALT_BYTES } from '../../ledger/record-leaf';
import { isRecord } from './record-fields';
import type { Numbered } from './streams';

/** A record of a request as a gateway wrote it, without its salt. */
export interface EvidenceRecord extends Numbered {
  readonly event: typeof RESIDENCY_EVENT;
  /** In ISO 8601. */
  readonly time: string;
}

/** A line of the ledger: the record of a leaf, and its salt in base64url. */
export interface LedgerLine<R extends object = object> {
  readonly record: R;
  readonly salt: string;
}

/** A record that can be a leaf. */
export type EvidenceLine = LedgerLine<EvidenceRecord>;

/**
 * Reads a line of a gateway's log; undefined if it can't be a leaf: it has another field than a record has, a value of another form, or
 * no canonical JSON. The record names no member, whatever the line has: it can't be deleted before its period ends.
 */
export function evidenceLine(message: string): EvidenceLine | undefined {
  try {
    const { salt, member, about, ...record } = JSON.parse(message);
    if (!isRecord({ ...record, member, about }) || !isSalt(salt)) return undefined;
    canonicalJson(record);
    return { record, salt };
  } catch {
    return undefined;
  }
}

const isSalt = (salt: unknown): salt is string =>
  typeof salt === 'string' && /^[\w-]{22}$/.test(salt) && Buffer.from(salt, 'base64url').length === SALT_BYTES;
