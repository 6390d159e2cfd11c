import type { Account, Deployment } from './account';

/** A part of the test of an account, which is run at once, or later than another part. */
export interface Step {
  readonly id: string;
  /** What it does to the account, in a sentence. */
  readonly does: string;
  /** How many hours of the deployment it needs, by which its cost is estimated; 0 if it is free. */
  readonly hours: number;
  /** What it costs besides the deployment itself. */
  readonly costs?: string;
  /** The step that must have run before, and how many hours earlier. */
  readonly after?: { readonly step: string; readonly hours: number };
  /** @param deployment what `deploy` deployed; undefined before that step and after `destroy` */
  run(account: Account, deployment: Deployment | undefined): Promise<Deployment | undefined>;
}

/** @throws if `deploy` hasn't run */
export function requireDeployment(deployment: Deployment | undefined): Deployment {
  if (deployment === undefined) throw new Error("nothing is deployed; run the step 'deploy' first");
  return deployment;
}
