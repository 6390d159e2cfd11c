import type { DestinationApi } from './destination-api';
import type { AttemptFailure } from './record-names';

/** An attempt at a destination that received the request and failed. */
export interface FailedAttempt {
  readonly destination: string;
  readonly sourceRegion: string;
  readonly failure: AttemptFailure;
  /** The API of Bedrock by which it was called; absent if Converse. */
  readonly api?: DestinationApi;
  /** The provider's IDs of its calls; absent if no call was answered with one. */
  readonly requestIds?: readonly string[];
  /** Every Region that may have processed the request nevertheless. */
  readonly mayProcess: readonly string[];
  /** The declared reason for accepting a place outside the boundary. */
  readonly accepted?: string;
}
