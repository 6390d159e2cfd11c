const SECONDS_A_DAY = 86_400;

/** How long content is kept, by the time that it came in. */
export class Retention {
  /** @param days none when it is kept until somebody deletes it */
  constructor(private readonly days: number | undefined) {}

  /** When something of this time expires, in Unix seconds, as DynamoDB's time to live reads it. */
  public expiryOf(at: number): number | undefined {
    return this.days === undefined ? undefined : Math.floor(at / 1_000) + this.days * SECONDS_A_DAY;
  }

  public isOver(at: number, now: Date): boolean {
    const expires = this.expiryOf(at);
    return expires !== undefined && expires * 1_000 <= now.getTime();
  }
}
