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

/**
 * How a hand-over that version 0.1.0 left changes: its delay begins now. Its job stays marked, because who gave roles wasn't recorded
 * when it was requested.
 */
export const delayedEarlier = ({ figures }: Pick<Job, 'figures'>, releaseFrom: number): Change =>
  delayed({ figures: { ...figures, earlier: 1 } }, releaseFrom);

/** Whether version 0.1.0 left this hand-over. It stored no time of the release. */
export const isEarlier = ({ figures }: Pick<Job, 'figures'>): boolean =>
  figures.recipient !== undefined && (figures.earlier !== undefined || figures.releaseFrom === undefined);

/** How it changes when that time is there. */
export const releasable = ({ figures }: Job): Change => ({
  state: 'awaiting-release',
  step: 'unreleased',
  notBefore: Number(figures.until),
});
