import type { Job } from '@/lib/runtime/rights/jobs/job';
import { delayed, delayedEarlier, isEarlier, releasable } from '@/lib/runtime/rights/steps/hand-over-delay';

const WEEK_MS = 7 * 86_400_000;

test('a delay begins without a former release, and seven days for the release follow', () => {
  const figures = { recipient: 'heir', releasedBy: 'irma', releasedAt: 1 };
  const waiting = { state: 'waiting', step: 'delay', notBefore: 5 };
  const times = { releaseFrom: 5, until: 5 + WEEK_MS };
  expect(delayed({ figures }, 5)).toEqual({ ...waiting, figures: { recipient: 'heir', ...times } });
  const earlier = { recipient: 'heir', earlier: 1, ...times };
  expect(delayedEarlier({ figures }, 5)).toEqual({ ...waiting, figures: earlier });
});

test.each([
  [{ recipient: 'heir' }, true],
  [{ recipient: 'heir', releaseFrom: 5 }, false],
  [{ recipient: 'heir', releaseFrom: 5, earlier: 1 }, true],
  [{}, false],
  [{ releaseFrom: 5 }, false],
  [{ earlier: 1 }, false],
] as const)('whether version 0.1.0 left the hand-over with %j: %p', (figures, expected) => {
  expect(isEarlier({ figures } as Pick<Job, 'figures'>)).toBe(expected);
});

test('after the delay, it waits for its release until its time is over', () => {
  const waiting = { state: 'awaiting-release', step: 'unreleased', notBefore: 9 };
  expect(releasable({ figures: { until: 9 } } as Partial<Job> as Job)).toEqual(waiting);
});
