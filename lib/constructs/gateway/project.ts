import type { InferenceGuardrail } from '../guardrails/inference-guardrail';

/** An API tenant whose requests are processed and not stored. */
export interface Project {
  /** Its ID: at most 63 lower-case letters, digits and inner hyphens. */
  readonly id: string;

  /**
   * The models that it can call, of those that the gateway serves; it sees no others.
   *
   * @default - every model of the gateway
   */
  readonly models?: string[];

  /**
   * Maximum requests per minute of the clock, over all of its keys. Across the change of a minute, twice as many may
   * arrive within sixty seconds.
   *
   * @default - the limit of API Gateway
   */
  readonly requestsPerMinute?: number;

  /**
   * Maximum tokens per day in UTC, of prompts and answers together, over all of its keys. They are counted after each
   * answer, so answers that start below the limit may end above it.
   *
   * @default - no limit
   */
  readonly tokensPerDay?: number;

  /**
   * Maximum number of concurrent requests, over all of its keys; more get a 429 answer. The gateway counts them in its table, so
   * nothing is reserved: it also works where the account's Lambda quota is too small to reserve any of it.
   *
   * @default - no limit
   */
  readonly concurrentRequests?: number;

  /**
   * Maximum tokens per calendar month in UTC, of prompts and answers together, over all of its keys. Answers warn from 80 % on, and
   * requests are refused from 100 % on. They are counted after each answer, as those of a day.
   *
   * @default - no limit
   */
  readonly tokensPerMonth?: number;

  /**
   * Maximum US dollars per calendar month in UTC, over all of its keys, at the facts' prices of models; with at most two decimals. Each
   * destination of its models must have a price. AWS's bill may differ.
   *
   * @default - no limit
   */
  readonly usdPerMonth?: number;

  /**
   * The guardrails that check users' messages and answers, one for each source Region of its models. System messages,
   * documents and tools may be unchecked (docs/LIMITS.md). Its models must be chat models in Bedrock. Each must be one of
   * the foundation's.
   *
   * @default - none
   */
  readonly guardrails?: InferenceGuardrail[];
}
