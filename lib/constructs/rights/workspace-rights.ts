import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CustomResource, Duration, Names, Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { ACTOR_STORES, type ActorStore, type ActorVariables, type DeciderVariables } from '../../contract/environment';
import type { RightsPolicy } from '../../contract/policies/rights-policy';
import { retentionText } from '../../contract/retention';
import { ACTORS, OPERATOR_CONFIRMS, RESUME_JOBS, type RightsActor } from '../../contract/rights';
import type { Foundation } from '../foundation/foundation';
import { OutsideFunction } from '../functions/outside-function';
import { addVariables } from '../functions/variables';
import type { WorkspaceMembers } from '../members/workspace-members';
import { acrossRegions } from '../shared/across-regions';
import { truncated } from '../shared/truncated';
import { KeyRequests } from '../stores/key-requests';
import { RightsAlarms } from './rights-alarms';
import { RightsFunction, type VpcActor } from './rights-function';
import { grantConfirm, grantDecide, grantResumeJobs, grantSteps, type RightsStores, replicaArn } from './rights-grants';
import { RightsMachine } from './rights-machine';
import { rightsPolicy } from './rights-policy';
import { type RightsRules, requireHandOverDelay } from './rights-rules';

/** Construction properties for WorkspaceRights. */
export interface WorkspaceRightsProps extends RightsStores {
  /** The boundary in which its functions may run. */
  readonly boundary: ResidencyBoundary;

  /** The foundation whose network, keys, evidence bucket and alerts it shares. */
  readonly foundation: Foundation;

  /** The workspace's ID. */
  readonly workspaceId: string;

  /** The members whose tokens it accepts. */
  readonly members: WorkspaceMembers;

  /**
   * The IDs of its courses, in which the use of each member is counted.
   *
   * @default - there are none
   */
  readonly courses?: string[];

  /**
   * The dependency for applying a changed retention period to existing content: the gateway, which writes with that
   * period.
   */
  readonly after: IDependable;

  /**
   * Rules for requests that concern another person's content.
   *
   * @default - as in the defaults of RightsRules
   */
  readonly rules?: RightsRules;

  /**
   * Retention of the logs of its functions and its state machine. None holds content.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Maximum number of concurrent runs of each function that runs jobs; reserved from the account's Lambda quota.
   *
   * @default - the account's unreserved concurrency
   */
  readonly concurrency?: number;
}

/** Memory of the administrators' function, in MB, because an administrator waits for its answer. */
const ADMIN_MEMORY = 512;

/**
 * The rights of a workspace's users: exports, erasures with certificates, holds, and the retention period of content.
 * Administrators decide through a function that can't reach content. A state machine does the rest, each step with the
 * function that has the permission: the verifier tests keys, the eraser deletes, and the exporter reads.
 */
export class WorkspaceRights extends Construct {
  /** The ARN of the state machine that runs jobs. */
  public readonly stateMachineArn: string;

  /** The function behind `/admin/v1/rights`, which administrators call. */
  public readonly adminHandler: lambda.IFunction;

  /**
   * The function by which an operator confirms a hand-over or an erasure in the place of a second administrator. Nothing in
   * the deployment may invoke it.
   */
  public readonly operatorHandler: lambda.IFunction;

  /** @internal */
  public readonly _adminFunction: lambda.Function;

  private readonly retention: string;
  private readonly policy: RightsPolicy;
  private readonly keyRequests: KeyRequests;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkspaceRightsProps,
  ) {
    super(scope, id);
    const { boundary, foundation, workspaceId, conversations, branchKeys, after } = props;
    this.retention = retentionText(conversations.retention.duration?.toDays());
    requireHandOverDelay(this, props.rules ?? {});
    this.policy = rightsPolicy(boundary, workspaceId, props.members, props.rules, props.courses);
    this.keyRequests = KeyRequests.for(this, { boundary, foundation, workspaceId, branchKeys });
    const logRetention = props.logRetention ?? logs.RetentionDays.ONE_MONTH;
    const machine = new RightsMachine(this, 'Jobs', {
      functions: this.addActors(logRetention),
      logKey: foundation.logKey,
      logRetention,
    });
    this.stateMachineArn = machine.arn;

    const admin = this.addDecider('Admin', 'admin', logRetention, Duration.seconds(29));
    grantDecide(admin.role, conversations);
    addVariables(admin.handler, props.members._grantVerify(admin.role));
    this.grantStart(admin.role);
    // The last statement: those that version 0.1.0 deployed stay where they are.
    addVariables(admin.handler, props.members._grantReadRoles(admin.role));
    this.adminHandler = admin.handler;
    this._adminFunction = admin.handler;
    props.members._administration.readRecords('rights', admin.logGroup);

    // No policy lets a role of the deployment run it: who may is up to the account's own IAM policies.
    const operator = this.addDecider('Confirm', OPERATOR_CONFIRMS, logRetention, Duration.seconds(29));
    grantConfirm(operator.role, conversations);
    addVariables(operator.handler, props.members._grantReadRoles(operator.role));
    this.grantStart(operator.role);
    this.operatorHandler = operator.handler;

    const resumer = this.addDecider('Tend', RESUME_JOBS, logRetention, Duration.minutes(5));
    grantResumeJobs(resumer.role, conversations);
    this.grantStart(resumer.role, 'states:ListExecutions');
    new events.Rule(this, 'EveryHour', {
      description: 'Resumes stalled rights jobs',
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.LambdaFunction(resumer.handler, { retryAttempts: 2, maxEventAge: Duration.minutes(30) })],
    });
    const applied = new CustomResource(this, 'Retention', {
      resourceType: 'Custom::ContentRetention',
      serviceToken: resumer.handler.functionArn,
      serviceTimeout: Duration.minutes(6),
      properties: { Retention: this.retention },
    });
    applied.node.addDependency(resumer, machine, after);
    new RightsAlarms(this, 'Alarms', {
      stateMachineArn: machine.arn,
      resumer: resumer.handler,
      workspaceId: props.workspaceId,
      channel: foundation._channel,
    });
  }

  private addActors(logRetention: logs.RetentionDays) {
    return {
      [ACTORS.verifier]: this.addVpcActor(ACTORS.verifier, logRetention),
      [ACTORS.eraser]: this.addVpcActor(ACTORS.eraser, logRetention),
      [ACTORS.exporter]: this.addVpcActor(ACTORS.exporter, logRetention),
      [ACTORS.workspaceDeleter]: this.addOutsideActor(ACTORS.workspaceDeleter, logRetention),
      ...(this.props.recovery && {
        [ACTORS.recoveryVerifier]: this.addOutsideActor(ACTORS.recoveryVerifier, logRetention),
        [ACTORS.recoveryEraser]: this.addOutsideActor(ACTORS.recoveryEraser, logRetention),
      }),
    };
  }

  private addVpcActor(actor: VpcActor, logRetention: logs.RetentionDays): lambda.Function {
    const { foundation } = this.props;
    const roleName = actor === ACTORS.verifier ? this.nameOf(actor) : undefined;
    const { handler, role } = new RightsFunction(this, capitalized(actor), {
      foundation,
      policy: this.policy,
      actor,
      environment: this.environmentOf(actor),
      logRetention,
      roleName,
      concurrency: this.props.concurrency,
    });
    this.grant(actor, role, roleName);
    return handler;
  }

  /**
   * Outside the VPC, which can't reach KMS's management or other Regions. None of these actors has a permission on
   * content.
   */
  private addOutsideActor(actor: Exclude<RightsActor, VpcActor>, logRetention: logs.RetentionDays): lambda.Function {
    const { foundation, workspaceId } = this.props;
    const id = actor.split('-').map(capitalized).join('');
    const roleName = this.nameOf(actor);
    const { handler, role } = new OutsideFunction(this, id, {
      bundle: 'jobs',
      policy: this.policy,
      description: truncated(`${DESCRIPTIONS[actor]}: workspace ${workspaceId}`),
      environment: this.environmentOf(actor),
      logKey: foundation.logKey,
      logRetention,
      timeout: Duration.minutes(15),
      memorySize: 512,
      roleName,
      concurrency: this.props.concurrency,
    });
    this.grant(actor, role, roleName);
    return handler;
  }

  private grant(actor: RightsActor, role: iam.Role, roleName: string | undefined): void {
    const { foundation, workspaceId } = this.props;
    grantSteps(actor, role, {
      ...this.props,
      keyRequests: this.keyRequests,
      recordLinks: this.props.members._administration.recordLinks,
    });
    if (roleName !== undefined && CERTIFIERS.includes(actor)) foundation._certificates.add(role, roleName, workspaceId);
  }

  /** The name of an actor's role, for the policies of keys in other stacks. */
  private nameOf(actor: RightsActor): string {
    const { region } = Stack.of(this);
    const end = `${actor}-${region}`;
    return `${Names.uniqueResourceName(this, { maxLength: 63 - end.length, separator: '-' })}-${end}`;
  }

  private environmentOf(actor: RightsActor): ActorVariables {
    const { conversations, files, branchKeys, usage, members, foundation, recovery, directory } = this.props;
    const stores: Readonly<Record<ActorStore, string>> = {
      BRANCH_KEYS_TABLE_ARN: branchKeys.table.tableArn,
      KEY_REQUESTS_TABLE_ARN: this.keyRequests.table.tableArn,
      USAGE_TABLE_ARN: usage.table.tableArn,
      RECORD_LINKS_TABLE_ARN: members._administration.recordLinks.table.tableArn,
      EVIDENCE_BUCKET: foundation.evidenceBucket.bucketName,
      FILES_BUCKET: files.bucket.bucketName,
    };
    return {
      ...Object.fromEntries(ACTOR_STORES[actor].map((name) => [name, stores[name]])),
      DIRECTORY_TABLE_ARN: actor === ACTORS.eraser ? directory?.table.tableArn : undefined,
      CONVERSATIONS_TABLE_ARN: conversations.table.tableArn,
      WORKSPACE_KEY_ARN: branchKeys.encryptionKey.keyArn,
      RETENTION_DAYS: this.retention,
      RECOVERY_CONVERSATIONS_TABLE_ARN: recovery && replicaArn(conversations, recovery),
      RECOVERY_BRANCH_KEYS_TABLE_ARN: recovery && acrossRegions(recovery.branchKeys.table.tableArn),
      RECOVERY_WORKSPACE_KEY_ARN: recovery && acrossRegions(recovery.encryptionKey.keyArn),
      RECOVERY_FILES_BUCKET: recovery && acrossRegions(recovery.files.bucket.bucketName),
      UPKEEP_FUNCTION: actor,
    };
  }

  private addDecider(id: string, name: DeciderName, logRetention: logs.RetentionDays, timeout: Duration) {
    const { foundation, workspaceId, conversations } = this.props;
    return new OutsideFunction(this, id, {
      bundle: 'jobs',
      policy: this.policy,
      description: truncated(`${DECIDERS[name]} of workspace ${workspaceId}, without access to content`),
      environment: {
        UPKEEP_FUNCTION: name,
        CONVERSATIONS_TABLE_ARN: conversations.table.tableArn,
        RETENTION_DAYS: this.retention,
        STATE_MACHINE_ARN: this.stateMachineArn,
      } satisfies DeciderVariables,
      logKey: foundation.logKey,
      logRetention,
      timeout,
      ...(name === 'admin' && { memorySize: ADMIN_MEMORY }),
    });
  }

  private grantStart(role: iam.Role, ...also: string[]): void {
    const actions = ['states:StartExecution', ...also];
    role.addToPolicy(new iam.PolicyStatement({ actions, resources: [this.stateMachineArn] }));
  }
}

type DeciderName = 'admin' | typeof OPERATOR_CONFIRMS | typeof RESUME_JOBS;

const DECIDERS: Readonly<Record<DeciderName, string>> = {
  admin: 'Handles the requests of administrators',
  [OPERATOR_CONFIRMS]: 'Confirms for an operator what needs a second person: jobs',
  [RESUME_JOBS]: 'Resumes stalled jobs',
};

/** The actors that write certificates. */
const CERTIFIERS: readonly RightsActor[] = [ACTORS.verifier, ACTORS.workspaceDeleter];

const DESCRIPTIONS: Readonly<Record<Exclude<RightsActor, VpcActor>, string>> = {
  [ACTORS.workspaceDeleter]: 'Deletes the keys of a closed workspace, and uses none',
  [ACTORS.recoveryVerifier]: 'Verifies in the recovery Region that an erased key is gone, without access to content',
  [ACTORS.recoveryEraser]: 'Deletes erased content in the recovery Region, and decrypts nothing',
};

const capitalized = (text: string): string => text[0]?.toUpperCase() + text.slice(1);
