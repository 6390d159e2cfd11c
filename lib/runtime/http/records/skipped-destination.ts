import type { AnyDestination } from '../../../boundary/server';

/**
 * A destination that a request passed over, without a call: it is out of use until a person readmits it, or it failed several times in
 * a row and is tried again soon. Each value comes from the policy or the facts.
 */
export interface SkippedDestination {
  readonly destination: string;
  readonly sourceRegion: string;
  readonly why: 'out-of-use' | 'failed-before';
}

/** A destination as a record names it, with why it was passed over. */
export const skippedAs = (
  why: SkippedDestination['why'],
  { id, sourceRegion }: Pick<AnyDestination, 'id' | 'sourceRegion'>,
): SkippedDestination => ({ destination: id, sourceRegion, why });
