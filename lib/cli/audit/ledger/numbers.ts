import type { Findings } from '../shared/finding';
import { Ranges } from './ranges';

interface Stream {
  first: number;
  next: number;
  readonly missing: Ranges;
  /** Numbers that were missing before the period, and may arrive in it. */
  readonly before: Ranges;
}

/** The numbers of records by stream: each process of a gateway numbers its own from 0, and a record may arrive in any order. */
export class Numbers {
  private readonly streams = new Map<string, Stream>();
  /** Records with the number of another one. */
  public repeated = 0;

  /**
   * Tells which numbers of a stream arrived before the leaves that are read.
   *
   * @param next one more than the largest one
   * @param missing those below it that didn't arrive
   */
  public seed(name: string, next: number, missing: readonly (readonly [from: number, to: number])[]): void {
    this.streams.set(name, { first: 0, next, missing: new Ranges(), before: new Ranges(missing) });
  }

  /** Adds the number of a record; whether no other record had it. */
  public add(name: string, seq: number): boolean {
    const stream = this.streams.get(name);
    if (stream === undefined) this.begin(name, seq, seq + 1);
    else if (seq === stream.next) stream.next += 1;
    else if (seq > stream.next) {
      stream.missing.add(stream.next, seq - 1);
      stream.next = seq + 1;
    } else if (seq < stream.first) {
      if (seq + 1 < stream.first) stream.missing.add(seq + 1, stream.first - 1);
      stream.first = seq;
    } else if (!stream.missing.remove(seq) && !stream.before.remove(seq)) {
      this.repeated += 1;
      return false;
    }
    return true;
  }

  /** Adds a gap that the ledger states. It concerns numbers before the first known one; others are known from the records. */
  public addGap(name: string, from: number, to: number): void {
    const stream = this.streams.get(name);
    if (stream === undefined) this.begin(name, from, to + 1).missing.add(from, to);
    else if (to < stream.first) {
      stream.missing.add(from, stream.first - 1);
      stream.first = from;
    }
  }

  /** How many records are missing. */
  public get missing(): number {
    let sum = 0;
    for (const { missing } of this.streams.values()) for (const [from, to] of missing.all()) sum += to - from + 1;
    return sum;
  }

  /** Names each range of missing records. */
  public report(findings: Findings): void {
    for (const [name, { missing }] of this.streams) {
      for (const [from, to] of missing.all()) {
        const numbers = from === to ? `record ${from}` : `records ${from} to ${to}`;
        findings.gap(`stream ${name}`, `${numbers} missing`, 'each number once');
      }
    }
  }

  private begin(name: string, first: number, next: number): Stream {
    const stream: Stream = { first, next, missing: new Ranges(), before: new Ranges() };
    this.streams.set(name, stream);
    return stream;
  }
}
