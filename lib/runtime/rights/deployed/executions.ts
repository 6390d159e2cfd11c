import { paginateListExecutions, type SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Next } from '../jobs/step-actors';

/** The executions of a workspace's state machine, each for one job. */
export class Executions {
  constructor(
    private readonly client: SFNClient,
    private readonly stateMachineArn: string,
  ) {}

  /**
   * Begins an execution for a job, unless there is one of the same name.
   *
   * @param attempt distinguishes it from other executions for the same job
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

  /** The jobs that have a running execution, one that waits included. */
  public async running(): Promise<ReadonlySet<string>> {
    const jobs = new Set<string>();
    const input = { stateMachineArn: this.stateMachineArn, statusFilter: 'RUNNING', maxResults: 1_000 } as const;
    for await (const { executions } of paginateListExecutions({ client: this.client }, input)) {
      for (const { name = '' } of executions ?? []) jobs.add(name.replace(/-.*$/, ''));
    }
    return jobs;
  }
}
