const FIRST_ROOM = 1_024;

/** What is known of a call of a provider that a record names. */
export interface Attempt {
  readonly record: string;
  readonly region: string;
  /** The Regions that the gateway says may have processed the request. */
  readonly mayProcess: string;
  readonly isInPeriod: boolean;
}

/**
 * Attempts by number, about 60 bytes each: an object of each of a million would need several times as much. Regions are numbered,
 * because there are few, and IDs of records are bytes.
 */
export class Attempts {
  public count = 0;
  private ids = Buffer.alloc(FIRST_ROOM);
  private idsEnd = 0;
  /** Where its record's ID ends; it starts where the one before ends. */
  private ends = new Uint32Array(FIRST_ROOM);
  private regions = new Uint16Array(FIRST_ROOM);
  private places = new Uint16Array(FIRST_ROOM);
  private inPeriod = new Uint8Array(FIRST_ROOM);
  /** A hash of the joined event's ID; 0 if there is none. */
  private events = new Uint32Array(FIRST_ROOM);
  private readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();

  /** Adds an attempt, whose number is the count before it. */
  public add({ record, region, mayProcess, isInPeriod }: Attempt): void {
    const number = this.count;
    if (number === this.ends.length) this.grow();
    const length = Buffer.byteLength(record);
    if (this.idsEnd + length > this.ids.length) this.ids = Buffer.concat([this.ids], this.ids.length * 2 + length);
    this.idsEnd += this.ids.write(record, this.idsEnd);
    this.ends[number] = this.idsEnd;
    this.regions[number] = this.numberOf(region);
    this.places[number] = this.numberOf(mayProcess);
    this.inPeriod[number] = isInPeriod ? 1 : 0;
    this.count += 1;
  }

  /** The record's ID. */
  public recordOf(number: number): string {
    const start = number === 0 ? 0 : (this.ends[number - 1] as number);
    return this.ids.toString('utf8', start, this.ends[number]);
  }

  public regionOf(number: number): string {
    return this.names[this.regions[number] as number] as string;
  }

  public mayProcessOf(number: number): string {
    return this.names[this.places[number] as number] as string;
  }

  public isInPeriod(number: number): boolean {
    return this.inPeriod[number] === 1;
  }

  /** The hash of the event that was joined; 0 if none was. */
  public eventOf(number: number): number {
    return this.events[number] as number;
  }

  public join(number: number, event: number): void {
    this.events[number] = event;
  }

  private numberOf(name: string): number {
    const number = this.numbers.get(name) ?? this.names.length;
    if (number === this.names.length) {
      // More can't be told apart by 16 bits, and no account has as many.
      if (number > 0xffff) throw new Error('the records name more than 65536 lists of Regions; the ledger is forged');
      this.names.push(name);
      this.numbers.set(name, number);
    }
    return number;
  }

  private grow(): void {
    const room = this.ends.length * 2;
    const wider = <T extends Uint32Array | Uint16Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.ends = wider(this.ends, new Uint32Array(room));
    this.regions = wider(this.regions, new Uint16Array(room));
    this.places = wider(this.places, new Uint16Array(room));
    this.inPeriod = wider(this.inPeriod, new Uint8Array(room));
    this.events = wider(this.events, new Uint32Array(room));
  }
}
