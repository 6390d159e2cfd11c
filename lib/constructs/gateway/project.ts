/** A tenant of an API whose requests are processed and not stored. */
export interface Project {
  /** Its name: lower-case letters, digits and inner hyphens, at most 63. */
  readonly id: string;

  /**
   * The models that it may call, of those that the gateway serves; it sees no others.
   *
   * @default - every model of the gateway
   */
  readonly models?: string[];

  /**
   * Requests in a minute of the clock, over all of its keys. Two minutes meet, so twice as many may come within sixty seconds.
   *
   * @default - as many as API Gateway lets through
   */
  readonly requestsPerMinute?: number;

  /**
   * Tokens on a day in UTC, of prompts and answers together, over all of its keys. They are counted after each answer, so
   * answers that were begun below the limit may end above it.
   *
   * @default - no limit
   */
  readonly tokensPerDay?: number;
}
