/** A document before it has a format. */
export interface Sheet {
  readonly title: string;
  /** What a reader has to know before the rows. */
  readonly head: readonly string[];
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The columns that a table on a terminal has room for. */
  readonly inTable: readonly string[];
}
