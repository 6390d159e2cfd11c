import { type DecisionOptions, RightsDecisions } from '@/lib/runtime/rights/decisions/rights-decisions';
import type { RoleSources } from '@/lib/runtime/rights/decisions/role-history';
import type { Job } from '@/lib/runtime/rights/jobs/job';
import { JobRunner } from '@/lib/runtime/rights/jobs/job-runner';
import type { RightsRules } from '@/lib/runtime/rights/jobs/rules';
import type { Actor } from '@/lib/runtime/rights/jobs/step-actors';
import { stepsOf, stepsOfAll } from '@/lib/runtime/rights/steps/actor-steps';
import type { RightsParts } from '@/lib/runtime/rights/steps/parts';
import type { Memberships } from '@/lib/runtime/workspace/identity/membership';

/** Rules under which nothing waits, for tests of what follows. */
export const AT_ONCE: RightsRules = { handOverMs: 0, erasureOfOthers: 'delay', erasureMs: 0 };

/** Everyone has held every role for long, but for what is recorded. */
export const rolesOf = (memberships: Memberships): RoleSources => ({ memberships, unrecorded: async () => 0 });

/** No role has changed since roles are recorded. */
export const NO_CHANGES = rolesOf({ of: async () => undefined });

export type RightsOptions = RightsParts & Pick<DecisionOptions, 'roles'>;

/** The decisions and a runner of one process, with nothing in memory. */
export class RightsProcess extends RightsDecisions {
  public readonly runner: JobRunner;
  private readonly waits: boolean;

  /** @param actor the only actor whose steps the runner has; by default, it has the steps of all actors */
  constructor(parts: RightsOptions, actor?: Actor) {
    super(parts);
    this.waits = parts.rules.erasureMs > 0;
    const all = { ...parts, hasRecovery: parts.recovery !== undefined };
    const steps = actor === undefined ? stepsOfAll(parts) : stepsOf(actor, all);
    this.runner = new JobRunner(parts.table, steps, parts.now);
  }

  /** An erasure that has nothing to wait for has begun. */
  public override async erase(user: string, by: string): Promise<Job> {
    const job = await super.erase(user, by);
    if (this.waits || job.step !== 'delay') return job;
    await this.runner.advance(job.id);
    return (await this.find(job.id)) ?? job;
  }
}
