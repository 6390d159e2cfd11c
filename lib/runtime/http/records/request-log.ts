import type { AnyDestination } from '../../../boundary/server';
import type { ErrorCode } from '../api-error';
import type { Fault } from '../fault';
import type { FailedAttempt } from './failed-attempt';
import type { Act, Reason, Route } from './record-names';
import type { SkippedDestination } from './skipped-destination';

export interface Tokens {
  readonly prompt: number;
  readonly completion: number;
  readonly cached: number;
  /** Those of the prompt that the provider's cache was written with; absent if none were. */
  readonly cacheWrite?: number;
  /** Present if the provider reported no usage, so that the numbers are an estimate. */
  readonly estimated?: true;
}

/** `aborted`: the client left before the end. */
export type Outcome = 'answered' | 'refused' | 'failed' | 'aborted';

/** What an API collects about a request while it serves it, for the record, the metrics and the headers. */
export interface RequestLog {
  route: Route;
  tenant: string;
  /** The tenant in the metrics, if it isn't the record's: all open projects share one. */
  metricTenant?: string;
  member?: string;
  /** Whether the request has read that the content of its member isn't erased. */
  isAdmitted?: true;
  act?: Act;
  about?: string;
  reason?: ErrorCode | Reason;
  model?: string;
  destination?: AnyDestination;
  failedAttempts?: readonly FailedAttempt[];
  /** The destinations that were passed over without a call, in their order. */
  skipped?: readonly SkippedDestination[];
  /** The provider's IDs of the calls that the destination answered. */
  requestIds?: readonly string[];
  /** The parameters of the request that the model wasn't sent, or not with their value. */
  ignored?: readonly string[];
  fault?: Fault;
  /** As the provider reported them. */
  tokens?: Tokens;
  /** Estimates the tokens of an answer. Set once a destination has started to answer. */
  estimate?: () => Tokens;
  /** Whether the answer contains what a model generated. */
  generated?: boolean;
  /** Whether a guardrail replaced the answer, or a part of it. */
  intervened?: true;
  /** Whether a budget that several people or programs share is nearly used up, or is. */
  budgetWarning?: true;
  /** The age of the oldest check result that the request is served by, in milliseconds. */
  checkAgeMs?: number;
  /** How a stream ended, if it ended badly. Without it, the status decides. */
  outcome?: Outcome;
  /** Resolves once a streamed answer is over. */
  streamed?: Promise<void>;
}

/** Every Region that received the request or evaluated it by a guardrail, sorted. */
export function mayProcess({ destination, failedAttempts = [] }: RequestLog): readonly string[] {
  if (failedAttempts.length === 0 && destination === undefined) return [];
  const regions = [...failedAttempts.flatMap((attempt) => attempt.mayProcess), ...(destination?.regions ?? [])];
  return [...new Set(regions)].sort();
}

/** The tokens to count when a request is over. */
export function finalTokens(log: RequestLog): Tokens | undefined {
  log.tokens ??= log.estimate?.();
  return log.tokens;
}
