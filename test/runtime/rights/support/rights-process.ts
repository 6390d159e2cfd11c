import { RightsDecisions } from '@/lib/runtime/rights/decisions/rights-decisions';
import { JobRunner } from '@/lib/runtime/rights/jobs/job-runner';
import type { Actor } from '@/lib/runtime/rights/jobs/step-actors';
import { stepsOf, stepsOfAll } from '@/lib/runtime/rights/steps/actor-steps';
import type { RightsParts } from '@/lib/runtime/rights/steps/parts';

/** The decisions and a runner of one process, with nothing in memory. */
export class RightsProcess extends RightsDecisions {
  public readonly runner: JobRunner;

  /** @param actor the only actor whose steps the runner has; by default, it has the steps of all actors */
  constructor(parts: RightsParts, actor?: Actor) {
    super(parts);
    const all = { ...parts, hasRecovery: parts.recovery !== undefined };
    const steps = actor === undefined ? stepsOfAll(parts) : stepsOf(actor, all);
    this.runner = new JobRunner(parts.table, steps, parts.now);
  }
}
