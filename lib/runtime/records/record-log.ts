import type { ResidencyRecord } from '../http/records/residency-record';

/**
 * The kinds of records: requests of members to the gateway, acts of administrators and auditors on members and records, and acts of
 * administrators for the rights of users.
 */
export const RECORD_KINDS = ['requests', 'acts', 'rights'] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** An auditor's query. */
export interface RecordQuery {
  readonly of: RecordKind;
  readonly since: Date;
  /** Exclusive. */
  readonly until: Date;
  /** Restricts the records to one member, by their pseudonym. */
  readonly member?: string;
  readonly limit: number;
  /** The end of an earlier page. */
  readonly after?: string;
}

export interface RecordPage {
  readonly records: readonly ResidencyRecord[];
  /** The start of the next page; absent for the last page. An empty page may have one. */
  readonly next?: string;
}

/** The residency records of a workspace, oldest first. No field of a record could hold content. */
export interface RecordLog {
  /** @throws UnknownPage if `after` isn't the end of a page */
  page(query: RecordQuery): Promise<RecordPage>;
}

/** The given position isn't the end of a page. */
export class UnknownPage extends Error {
  public override readonly name = 'UnknownPage';
}
