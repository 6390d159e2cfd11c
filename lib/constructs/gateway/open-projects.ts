import type { InferenceGuardrail } from '../guardrails/inference-guardrail';

/**
 * What projects may be that are created at run time, through an API that IAM authorises. They need no resource each.
 */
export interface OpenProjects {
  /**
   * The models that they can call, of those that the gateway serves.
   *
   * @default - every model of the gateway
   */
  readonly models?: string[];

  /** The number of open projects that there may be at a time; ended ones don't count. From 1 to 1,000. */
  readonly maximum: number;

  /**
   * The highest `requestsPerMinute` of each.
   *
   * @default - the limit of API Gateway
   */
  readonly requestsPerMinute?: number;

  /**
   * The highest `tokensPerDay` of each.
   *
   * @default - no limit
   */
  readonly tokensPerDay?: number;

  /**
   * The highest `concurrentRequests` of each.
   *
   * @default - no limit
   */
  readonly concurrentRequests?: number;

  /**
   * The highest `tokensPerMonth` of each.
   *
   * @default - no limit
   */
  readonly tokensPerMonth?: number;

  /**
   * The highest `usdPerMonth` of each.
   *
   * @default - no limit
   */
  readonly usdPerMonth?: number;

  /**
   * The guardrails that check users' messages and answers of each, as in `Project`.
   *
   * @default - none
   */
  readonly guardrails?: InferenceGuardrail[];

  /**
   * IDs that no open project can have, besides those of the projects of the same gateway: those of the workspaces, since records
   * tell tenants apart by their IDs.
   *
   * @default - none
   */
  readonly reservedIds?: string[];
}
