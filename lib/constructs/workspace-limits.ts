/** What the members of a workspace may use. Tokens are those of prompts and answers, on a day in UTC. */
export interface WorkspaceLimits {
  /**
   * Tokens that one member may use in a day.
   *
   * @default - no limit
   */
  readonly tokensPerMemberPerDay?: number;

  /**
   * Tokens that all members together may use in a day.
   *
   * @default - no limit
   */
  readonly tokensPerDay?: number;

  /**
   * Requests of all members in a minute of the clock.
   *
   * @default - no limit
   */
  readonly requestsPerMinute?: number;
}
