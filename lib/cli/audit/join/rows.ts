/** A call that the statement names. */
export interface CallRow {
  /** In ISO 8601; absent if only a record without a time of this call names it. */
  readonly time?: string;
  /** The provider's ID of the call. */
  readonly requestId?: string;
  /** The record's ID. */
  readonly record?: string;
  readonly region?: string;
  readonly servedIn?: string;
  readonly caller?: string;
  readonly reason: string;
}

/** A list could be as long as the trail. */
const MOST_SHOWN = 10_000;

/** Calls of one class: counted, and the first ones named. */
export class Rows {
  public count = 0;
  public readonly shown: CallRow[] = [];

  public add(row: CallRow): void {
    this.count += 1;
    if (this.shown.length < MOST_SHOWN) this.shown.push(row);
  }
}
