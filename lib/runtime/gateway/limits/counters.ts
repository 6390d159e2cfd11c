import type { Parts } from './use';

/** A counter of one kind, for one tenant and one window of time. */
export interface Counter {
  readonly tenant: string;
  /** The kind and the window: `requests#2026-11-24T10:31`. */
  readonly name: string;
  /** The time from which the store may delete it. */
  readonly forget: Date;
  /** Whether `forget` may be later than when the counter was last written. A reading then says so to the store, because a refused request writes nothing. */
  readonly mayMove?: boolean;
}

/** A store of counters that several gateways share. */
export interface Counters {
  /**
   * Adds to a counter, in one atomic step with the comparison.
   *
   * @param below adds only if the count is below it; always if omitted
   * @param parts are added to counts that are stored with it, for reports; none if omitted
   * @returns the sum, or undefined if the count had reached `below`
   * @throws if the store can't be reached
   */
  add(counter: Counter, amount: number, below?: number, parts?: Parts): Promise<number | undefined>;
  /**
   * Subtracts from a counter, unless it would fall below 0: a repeated write would otherwise let more requests run than the limit
   * allows for as long as the counter is stored.
   *
   * @throws if the store can't be reached
   */
  subtract(counter: Counter, amount: number): Promise<void>;
  /**
   * The current count, 0 at first.
   *
   * @throws if the store can't be reached
   */
  read(counter: Counter): Promise<number>;
  /**
   * The current count with the counts that are stored with it, none at first. A counter that may move is forgotten at its new time from then on.
   *
   * @throws if the store can't be reached
   */
  readAll(counter: Counter): Promise<{ readonly count: number; readonly parts: Parts }>;
}
