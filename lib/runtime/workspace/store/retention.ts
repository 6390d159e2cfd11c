const SECONDS_A_DAY = 86_400;

/** The retention period of content, which counts from the time at which the content was stored. */
export class Retention {
  /** @param days undefined when content is stored until it is deleted */
  constructor(private readonly days: number | undefined) {}

  /** When content of this time expires, in Unix seconds, the unit of DynamoDB's time to live. */
  public expiryOf(at: number): number | undefined {
    return this.days === undefined ? undefined : Math.floor(at / 1_000) + this.days * SECONDS_A_DAY;
  }

  public isOver(at: number, now: Date): boolean {
    const expires = this.expiryOf(at);
    return expires !== undefined && expires * 1_000 <= now.getTime();
  }
}
