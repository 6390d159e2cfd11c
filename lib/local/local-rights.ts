import type { Job } from '../runtime/rights/job';
import { Rights } from '../runtime/rights/rights';
import type { RightsOptions } from '../runtime/rights/rights-options';
import { runJob } from '../runtime/rights/run-job';

/** How often it is looked whether a job's time has come. */
const LOOK_MS = 30_000;

/** The rights of one workspace on this machine: what a deployment's state machine does is done in this process. */
export class LocalRights {
  public readonly rights: Rights;
  private readonly looking: NodeJS.Timeout;
  private running: Promise<void> = Promise.resolve();

  /** @param failed is told of a job that stopped; it goes on the next time that it is looked for */
  constructor(
    options: RightsOptions,
    private readonly failed: (job: string, error: unknown) => void,
  ) {
    this.rights = new Rights(options);
    this.looking = setInterval(() => void this.resume(), LOOK_MS).unref();
  }

  /** Applies another period than before to what is there, and goes on with what another process had begun. */
  public start(): Promise<void> {
    return this.after(async () => {
      await this.rights.retainAnew('residency.yaml');
      for (const job of await this.rights.list()) await this.run(job);
    });
  }

  /** Goes on with every job whose time has come. */
  private resume(): Promise<void> {
    return this.after(async () => {
      for (const job of await this.rights.list()) await this.run(job);
    });
  }

  /** Does what can be done at once of a job. */
  public begun(job: Job): Promise<void> {
    return this.after(() => this.run(job));
  }

  /** Stops between two jobs. */
  public async close(): Promise<void> {
    clearInterval(this.looking);
    await this.running;
  }

  private after(work: () => Promise<void>): Promise<void> {
    this.running = this.running.then(work).catch((error) => this.failed('', error));
    return this.running;
  }

  private async run({ id }: Job): Promise<void> {
    try {
      await runJob(this.rights, id);
    } catch (error) {
      this.failed(id, error);
    }
  }
}
