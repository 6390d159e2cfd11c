import type { AttemptFailure } from './record-names';

/** An attempt at a destination that received the request and failed. */
export interface FailedAttempt {
  readonly destination: string;
  readonly sourceRegion: string;
  readonly failure: AttemptFailure;
  /** Every Region that may have processed the request nevertheless. */
  readonly mayProcess: readonly string[];
  /** The declared reason for accepting a place outside the boundary. */
  readonly accepted?: string;
}
