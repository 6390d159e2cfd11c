import type { Findings } from '../shared/finding';

type Range = readonly [from: number, to: number];

interface Stream {
  first: number;
  next: number;
  missing: readonly Range[];
}

/** The numbers of records by stream: each process of a gateway numbers its own from 0, and a record may arrive in any order. */
export class Numbers {
  private readonly streams = new Map<string, Stream>();
  /** Records with the number of another one. */
  public repeated = 0;

  /** Adds the number of a record; whether no other record had it. */
  public add(name: string, seq: number): boolean {
    const stream = this.streams.get(name);
    if (stream === undefined) this.streams.set(name, { first: seq, next: seq + 1, missing: [] });
    else if (seq === stream.next) stream.next += 1;
    else if (seq > stream.next) {
      stream.missing = [...stream.missing, [stream.next, seq - 1]];
      stream.next = seq + 1;
    } else if (seq < stream.first) {
      if (seq + 1 < stream.first) stream.missing = [...stream.missing, [seq + 1, stream.first - 1]];
      stream.first = seq;
    } else if (stream.missing.some(([from, to]) => from <= seq && seq <= to)) {
      stream.missing = stream.missing.flatMap((range) => without(range, seq));
    } else {
      this.repeated += 1;
      return false;
    }
    return true;
  }

  /** Adds a gap that the ledger states. It concerns numbers before the first known one; others are known from the records. */
  public addGap(name: string, from: number, to: number): void {
    const stream = this.streams.get(name);
    if (stream === undefined) this.streams.set(name, { first: from, next: to + 1, missing: [[from, to]] });
    else if (to < stream.first) {
      stream.missing = [...stream.missing, [from, stream.first - 1]];
      stream.first = from;
    }
  }

  /** How many records are missing. */
  public get missing(): number {
    let sum = 0;
    for (const { missing } of this.streams.values()) for (const [from, to] of missing) sum += to - from + 1;
    return sum;
  }

  /** Names each range of missing records. */
  public report(findings: Findings): void {
    for (const [name, { missing }] of this.streams) {
      for (const [from, to] of missing) {
        const numbers = from === to ? `record ${from}` : `records ${from} to ${to}`;
        findings.gap(`stream ${name}`, `${numbers} missing`, 'each number once');
      }
    }
  }
}

function without([from, to]: Range, seq: number): Range[] {
  const parts: Range[] = [
    [from, seq - 1],
    [seq + 1, to],
  ];
  return from <= seq && seq <= to ? parts.filter(([first, last]) => first <= last) : [[from, to]];
}
