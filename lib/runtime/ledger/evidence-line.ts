import { RESIDENCY_EVENT } from '../../contract/metrics';
import { SALT_BYTES } from '../../ledger/record-leaf';
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
 * Reads a line of a gateway's log; undefined if it can't be a leaf, because its salt, its number or its time is missing or wrong. The
 * record names no member, whatever the line has: it can't be deleted before its period ends.
 */
export function evidenceLine(message: string): EvidenceLine | undefined {
  let value: Partial<EvidenceRecord & { readonly salt: string; readonly member: string; readonly about: string }>;
  try {
    value = JSON.parse(message);
  } catch {
    return undefined;
  }
  const { salt, member: _, about: __, ...record } = value;
  const isNumbered =
    isText(record.stream, /^[\w-]{16,64}$/) && Number.isSafeInteger(record.seq) && (record.seq ?? -1) >= 0;
  const isTimed = isText(record.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  if (record.event !== RESIDENCY_EVENT || !isNumbered || !isTimed || !isSalt(salt)) return undefined;
  return { record: record as EvidenceRecord, salt };
}

const isText = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);

const isSalt = (salt: unknown): salt is string =>
  typeof salt === 'string' && Buffer.from(salt, 'base64url').length === SALT_BYTES;
