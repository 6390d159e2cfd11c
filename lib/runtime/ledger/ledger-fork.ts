/** What the bucket holds isn't what this ledger wrote: it was replaced or hidden, or two histories exist. Nothing was written. */
export class LedgerFork extends Error {
  public override readonly name = 'LedgerFork';

  /** @param found what was found and where, without a value of a record */
  constructor(found: string) {
    super(`${found}; no hour is closed until this is resolved: follow LedgerInconsistent in docs/OPERATIONS.md`);
  }
}
