/** What is counted: one thing, of one tenant, in one window of time. */
export interface Counter {
  readonly tenant: string;
  /** What and when: `requests#2026-11-24T10:31`. */
  readonly name: string;
  /** When the store may forget it. */
  readonly forget: Date;
}

/** A store of counts that several gateways share. */
export interface Counters {
  /**
   * Adds to a count, in one step with the comparison.
   *
   * @param below the count must be below it for anything to be added; any count when left out
   * @returns the sum, or nothing when the count had reached `below`
   * @throws when the store can't be asked
   */
  add(counter: Counter, amount: number, below?: number): Promise<number | undefined>;
  /**
   * The count as it is now, 0 before anything was counted.
   *
   * @throws when the store can't be asked
   */
  read(counter: Counter): Promise<number>;
}
