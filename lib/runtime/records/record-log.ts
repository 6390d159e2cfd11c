import type { ResidencyRecord } from '../gateway/request/residency-record';

/**
 * Which records: of what members asked the gateway, of what administrators and auditors did to members and with records, or
 * of what administrators did for the rights of users.
 */
export const RECORD_KINDS = ['requests', 'acts', 'rights'] as const;

export type RecordKind = (typeof RECORD_KINDS)[number];

/** What an auditor asks for. */
export interface RecordQuery {
  readonly of: RecordKind;
  readonly since: Date;
  /** Not part of it. */
  readonly until: Date;
  /** Of one member alone, by their pseudonym. */
  readonly member?: string;
  readonly limit: number;
  /** Where a page before ended. */
  readonly after?: string;
}

export interface RecordPage {
  readonly records: readonly ResidencyRecord[];
  /** Where the next page begins; none after the last one. A page may be empty and have one. */
  readonly next?: string;
}

/** The residency records of a workspace, oldest first. No field of theirs could hold content. */
export interface RecordLog {
  /** @throws UnknownPage when `after` is no end of a page */
  page(query: RecordQuery): Promise<RecordPage>;
}

/** No page ended there. */
export class UnknownPage extends Error {
  public override readonly name = 'UnknownPage';
}
