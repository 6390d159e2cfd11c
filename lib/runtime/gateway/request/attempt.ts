import type { UpstreamFailure } from './upstream-failure';

/** A destination that was sent the request and failed. */
export interface Attempt {
  readonly destination: string;
  readonly sourceRegion: string;
  readonly failure: UpstreamFailure;
  /** Every Region that may have processed the request all the same. */
  readonly mayProcess: readonly string[];
  /** Why a place beyond the boundary was accepted for it. */
  readonly accepted?: string;
}
