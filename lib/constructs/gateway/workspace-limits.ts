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

  /**
   * Estimated tokens that a model is sent of a conversation, its newest part, with what is asked; 1,000 at least. What is
   * longer is cut or refused, as `truncation` of the request says.
   *
   * @default 100 000, which fits every text model of the facts
   */
  readonly windowTokens?: number;
}
