import { Conflict } from '../../workspace/store/table';
import type { Job } from '../jobs/job';
import { delayedEarlier } from '../steps/hand-over-delay';
import type { DecisionContext } from './context';

/** The steps of a hand-over of version 0.1.0 that waits for its release, or is released and not handed over yet. */
const STEPS: readonly string[] = ['unreleased', 'hand-over'];

/** Delays the hand-overs that version 0.1.0 left: their delay begins now. The steps that write an export delay those that come to them. */
export async function delayEarlierHandOvers({ jobs, rules, now }: DecisionContext): Promise<Job[]> {
  const changed: Job[] = [];
  for (const job of await jobs.list()) {
    if (!STEPS.includes(job.step) || job.figures.releaseFrom !== undefined) continue;
    try {
      changed.push(await jobs.change(job, delayedEarlier(job, now().getTime() + rules.handOverMs)));
    } catch (error) {
      // It continued meanwhile.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  return changed;
}
