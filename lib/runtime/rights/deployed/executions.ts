import { paginateListExecutions, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Next } from '../rights';

/** The executions of a workspace's state machine, each for one job. */
export class Executions {
  constructor(
    private readonly client: SFNClient,
    private readonly stateMachineArn: string,
  ) {}

  /**
   * Begins what is next of a job.
   *
   * @param attempt told apart from others of the same job; what has begun already isn't begun again
   */
  public async begin(next: Next, attempt?: string): Promise<void> {
    const { stateMachineArn } = this;
    const name = attempt === undefined ? next.job : `${next.job}-${attempt}`;
    try {
      await this.client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(next) }));
    } catch (error) {
      if ((error as Error).name !== 'ExecutionAlreadyExists') throw error;
    }
  }

  /** The jobs of which an execution runs, a waiting one too. */
  public async running(): Promise<ReadonlySet<string>> {
    const jobs = new Set<string>();
    const asked = { stateMachineArn: this.stateMachineArn, statusFilter: 'RUNNING', maxResults: 1_000 } as const;
    for await (const { executions } of paginateListExecutions({ client: this.client }, asked)) {
      for (const { name = '' } of executions ?? []) jobs.add(name.replace(/-.*$/, ''));
    }
    return jobs;
  }
}
