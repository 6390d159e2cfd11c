/** The limits of a workspace's members. Tokens are those of prompts and answers, per day in UTC. */
export interface WorkspaceLimits {
  /**
   * Maximum tokens per day for one member.
   *
   * @default - no limit
   */
  readonly tokensPerMemberPerDay?: number;

  /**
   * Maximum tokens per day for all members together.
   *
   * @default - no limit
   */
  readonly tokensPerDay?: number;

  /**
   * Maximum requests per minute of the clock for one member, so that no member can use up `requestsPerMinute`.
   *
   * @default - no limit
   */
  readonly requestsPerMemberPerMinute?: number;

  /**
   * Maximum bytes per day in UTC that one member sends to be stored: bodies of requests to create responses, conversations, items, files,
   * uploads and prompts. Answers of models aren't counted. The last request may exceed it.
   *
   * @default - no limit
   */
  readonly storedBytesPerMemberPerDay?: number;

  /**
   * Maximum requests per minute of the clock, for all members together.
   *
   * @default - no limit
   */
  readonly requestsPerMinute?: number;

  /**
   * Maximum size of the context sent to a model, in estimated tokens: the newest part of the conversation, and the new
   * input. At least 1,000. A longer context is truncated or refused, as the request's `truncation` says.
   *
   * @default - 100,000, which fits every text model in the facts
   */
  readonly windowTokens?: number;

  /**
   * Maximum number of concurrent requests, for all members together; more get a 429 answer. The gateway counts them in its table, so
   * nothing is reserved: it also works where the account's Lambda quota is too small to reserve any of it.
   *
   * @default - no limit
   */
  readonly concurrentRequests?: number;

  /**
   * The budget of all members together in tokens per calendar month in UTC, requests that charge a course included. From 80 % on,
   * answers warn; from 100 % on, requests are refused until the month ends.
   *
   * @default - no budget
   */
  readonly tokensPerMonth?: number;

  /**
   * The same budget in US dollars, at the facts' prices.
   *
   * @default - no budget
   */
  readonly usdPerMonth?: number;

  /**
   * The budget of each member in tokens per calendar month in UTC, without requests that charge a course.
   *
   * @default - no budget
   */
  readonly tokensPerMemberPerMonth?: number;

  /**
   * The same budget in US dollars, at the facts' prices.
   *
   * @default - no budget
   */
  readonly usdPerMemberPerMonth?: number;

  /**
   * Maximum number of concurrent requests, for all members together; reserved from the account's Lambda quota.
   *
   * @default - the account's unreserved concurrency
   */
  readonly concurrency?: number;
}
