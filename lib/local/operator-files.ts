import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isJobId } from '../runtime/rights/jobs/job';

/** What an operator decides on a job, and the folder of these decisions. */
export type OperatorDecision = 'cancelled' | 'confirmed';

/**
 * What an operator confirmed or cancelled for a workspace of `serve`: an empty file for each job, in the data folder. Who can write to the folder is
 * the operator of `serve`; no request writes there.
 */
export class OperatorFiles {
  /**
   * @param data the data folder of `serve`
   * @param workspace the id of the workspace
   */
  constructor(
    private readonly data: string,
    private readonly workspace: string,
  ) {}

  /** Stores a decision on a job. A running `serve` reads it within 30 seconds, another one when it starts. */
  public decide(decision: OperatorDecision, job: string): void {
    const folder = this.folderOf(decision);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path.join(folder, job), '', { mode: 0o600 });
  }

  /** The ids of the jobs with this decision, each returned once. */
  public take(decision: OperatorDecision): string[] {
    const folder = this.folderOf(decision);
    if (!existsSync(folder)) return [];
    const jobs = readdirSync(folder).filter(isJobId);
    for (const job of jobs) rmSync(path.join(folder, job));
    return jobs;
  }

  private folderOf(decision: OperatorDecision): string {
    return path.join(this.data, decision, this.workspace);
  }
}
