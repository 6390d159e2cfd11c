import type { Change, Job } from '../jobs/job';
import { EXPORT_MS } from './windows';

/**
 * How a hand-over changes when it begins to wait for the time from which it can be released. The 7 days for the release follow.
 *
 * @param releaseFrom in Unix milliseconds
 */
export function delayed({ figures }: Pick<Job, 'figures'>, releaseFrom: number): Change {
  const { releasedBy: _, releasedAt: __, ...others } = figures;
  return {
    state: 'waiting',
    step: 'delay',
    notBefore: releaseFrom,
    figures: { ...others, releaseFrom, until: releaseFrom + EXPORT_MS },
  };
}

/** How it changes when that time is there. */
export const releasable = ({ figures }: Job): Change => ({
  state: 'awaiting-release',
  step: 'unreleased',
  notBefore: Number(figures.until),
});
