import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { JOBS_PER_MEMBER } from '../../contract/background';
import type { WorkspaceVariables } from '../../contract/environment';
import { GATEWAY_DIMENSIONS, GATEWAY_NAMESPACE, STUCK_JOBS } from '../../contract/metrics';
import { runbookAlarm } from '../alerts/runbook-alarm';
import type { Foundation } from '../foundation/foundation';
import type { InferenceGateway } from '../gateway/inference-gateway';
import { JobQueue } from './job-queue';

/** What members of a workspace may do in the background. */
export interface BackgroundRules {
  /**
   * Maximum jobs of one member that aren't over at a time, from 1 to 20.
   *
   * @default 8
   */
  readonly jobsPerMember?: number;
}

/** Construction properties for BackgroundJobs. */
export interface BackgroundJobsProps {
  readonly foundation: Foundation;
  readonly workspaceId: string;
  readonly gateway: InferenceGateway;
  readonly rules: BackgroundRules;
  /** @default - the account's unreserved concurrency */
  readonly concurrency?: number;
}

/**
 * Answers requests of a workspace's members in the background: a queue of IDs, the function that it runs, and a schedule that finds jobs
 * whose turn a crash has lost.
 */
export class BackgroundJobs extends Construct {
  public readonly queue: JobQueue;
  public readonly worker: lambda.Function;
  /** The variables of the gateway and of the worker. */
  public readonly variables: Pick<WorkspaceVariables, 'JOB_QUEUE_TABLE_ARN' | 'JOBS_PER_MEMBER'>;

  /** @throws if the number of jobs isn't allowed */
  constructor(scope: Construct, id: string, props: BackgroundJobsProps) {
    super(scope, id);
    const { gateway, foundation, workspaceId, rules } = props;
    const { jobsPerMember = JOBS_PER_MEMBER.default } = rules;
    if (!Number.isSafeInteger(jobsPerMember) || jobsPerMember < 1 || jobsPerMember > JOBS_PER_MEMBER.most) {
      throw new Error(
        `${this.node.path}: 'jobsPerMember' must be a whole number from 1 to ${JOBS_PER_MEMBER.most} because each job of a member has a place of ` +
          `its own, got ${jobsPerMember}; use ${JOBS_PER_MEMBER.default}`,
      );
    }
    this.queue = new JobQueue(this, 'Queue');
    this.worker = gateway._addWorker(this, 'Worker', props.concurrency);
    this.variables = { JOB_QUEUE_TABLE_ARN: this.queue.table.tableArn, JOBS_PER_MEMBER: `${jobsPerMember}` };
    this.queue.grantAdd(gateway.role);
    this.queue.runs(this.worker);
    new events.Rule(this, 'Sweep', {
      description: 'Runs background jobs again whose turn a crash has lost',
      schedule: events.Schedule.rate(Duration.minutes(15)),
      targets: [new targets.LambdaFunction(this.worker, { retryAttempts: 2, maxEventAge: Duration.minutes(30) })],
    });
    runbookAlarm(this, 'Stuck', {
      entry: 'JobsStuck',
      text:
        `For an hour, background jobs of workspace ${workspaceId} had no worker, or workers keep crashing at them. See the log of the ` +
        "workspace's gateway for the reason.",
      metric: new cloudwatch.Metric({
        namespace: GATEWAY_NAMESPACE,
        metricName: STUCK_JOBS,
        dimensionsMap: { [GATEWAY_DIMENSIONS.tenant[0]]: workspaceId },
        period: Duration.minutes(30),
        statistic: 'Maximum',
      }),
      evaluationPeriods: 2,
      channel: foundation._channel,
    });
  }
}
