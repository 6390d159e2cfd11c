import { apiOf, type DestinationApi } from './destination-api';
import type { AttemptFailure } from './record-names';
import type { RequestLog } from './request-log';

/** An attempt at a destination. Each value comes from the policy or the facts, or was checked against a closed form. */
export interface Attempt {
  readonly destination: string;
  readonly sourceRegion: string;
  /** The API of Bedrock by which it was called; absent if Converse. */
  readonly api?: DestinationApi;
  /**
   * The provider's IDs of the attempt's calls, by which CloudTrail or the provider can find them. Embeddings of many texts take several
   * calls. Absent if no call was answered with one.
   */
  readonly requestIds?: readonly string[];
  /** `answered`: the destination began to answer. Otherwise, how the attempt failed. */
  readonly outcome: 'answered' | AttemptFailure;
}

/** Every attempt of a request in order; undefined if no destination was called. */
export function attemptsOf({ destination, failedAttempts = [], requestIds }: RequestLog): Attempt[] | undefined {
  const failed = failedAttempts.map((attempt) => toAttempt(attempt, attempt.failure));
  if (destination === undefined) return failed.length > 0 ? failed : undefined;
  const { id, sourceRegion } = destination;
  const answered = { destination: id, sourceRegion, api: apiOf(destination), requestIds };
  return [...failed, toAttempt(answered, 'answered')];
}

const toAttempt = (
  { destination, sourceRegion, api, requestIds = [] }: Omit<Attempt, 'outcome'>,
  outcome: Attempt['outcome'],
): Attempt => ({
  destination,
  sourceRegion,
  ...(api && { api }),
  ...(requestIds.length > 0 && { requestIds }),
  outcome,
});
