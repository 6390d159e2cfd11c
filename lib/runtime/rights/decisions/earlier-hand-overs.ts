import { Conflict } from '../../workspace/store/table';
import type { Change, Job } from '../jobs/job';
import { isEarlier } from '../steps/hand-over-delay';
import type { DecisionContext } from './context';

/**
 * Sends the hand-overs that version 0.1.0 left for their release to the step that delays them: it also writes the notice to their user.
 * The steps that write an export delay those that come to them.
 *
 * @returns the hand-overs of version 0.1.0 of which no notice was given yet, each once
 */
export async function delayEarlierHandOvers({ jobs, now }: DecisionContext): Promise<Job[]> {
  const changed: Job[] = [];
  for await (const job of jobs.each()) {
    const change = changeOf(job, now().getTime());
    if (change === undefined) continue;
    try {
      changed.push(await jobs.change(job, { ...change, figures: { ...job.figures, noticed: 1 } }));
    } catch (error) {
      // It continued meanwhile.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  return changed;
}

function changeOf(job: Job, now: number): Change | undefined {
  const { step, notBefore = now, figures } = job;
  if (!isEarlier(job) || figures.noticed !== undefined) return undefined;
  if (figures.releaseFrom !== undefined) return step === 'delay' ? {} : undefined;
  // Once its time is over, its objects may be partly deleted.
  if (step !== 'unreleased' || notBefore <= now) return undefined;
  return { state: 'waiting', step: 'hand-over', notBefore: undefined };
}
