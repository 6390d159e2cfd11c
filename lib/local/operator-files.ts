import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What an operator confirmed for a workspace of `serve`: an empty file for each job, in the data folder. Who can write to the folder is
 * the operator of `serve`; no request writes there.
 */
export class OperatorFiles {
  private readonly folder: string;

  /** @param data the data folder of `serve` */
  constructor(data: string, workspace: string) {
    this.folder = path.join(data, 'confirmed', workspace);
  }

  /** Confirms a job. A running `serve` reads it within 30 seconds, another one when it starts. */
  public confirm(job: string): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    writeFileSync(path.join(this.folder, job), '', { mode: 0o600 });
  }

  /** The ids of the confirmed jobs, each returned once. */
  public take(): string[] {
    if (!existsSync(this.folder)) return [];
    const jobs = readdirSync(this.folder).filter((name) => /^(export|erase)_[0-9a-f]{44}$/.test(name));
    for (const job of jobs) rmSync(path.join(this.folder, job));
    return jobs;
  }
}
