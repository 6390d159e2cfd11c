/** A range of numbers, both ends included. */
export type Range = readonly [from: number, to: number];

/** Ranges that don't overlap, sorted. A forged ledger could have a million, so they aren't copied, and an empty one stays. */
export class Ranges {
  private readonly ranges: Range[];

  constructor(ranges: readonly Range[] = []) {
    this.ranges = ranges.toSorted(([one], [other]) => one - other);
  }

  /** Adds a range before all others, or after them. */
  public add(from: number, to: number): void {
    const last = this.ranges.at(-1);
    if (last !== undefined && to < last[0]) this.ranges.unshift([from, to]);
    else this.ranges.push([from, to]);
  }

  /** Removes a number; whether it was there. */
  public remove(number: number): boolean {
    const index = this.indexOf(number);
    const range = this.ranges[index];
    if (range === undefined || number < range[0] || range[1] < number) return false;
    const [from, to] = range;
    if (number === from) this.ranges[index] = [number + 1, to];
    else this.ranges[index] = [from, number - 1];
    if (from < number && number < to) this.ranges.splice(index + 1, 0, [number + 1, to]);
    return true;
  }

  public all(): readonly Range[] {
    return this.ranges.filter(([from, to]) => from <= to);
  }

  /** The last range that begins at a number or before it. */
  private indexOf(number: number): number {
    let [low, high] = [0, this.ranges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.ranges[middle] as Range)[0] <= number) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
