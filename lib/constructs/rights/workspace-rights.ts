import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CustomResource, Duration, Names, Stack } from 'aws-cdk-lib/core';
import { Construct, type IDependable } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ActorVariables, DeciderVariables } from '../../contract/environment';
import type { RightsPolicy } from '../../contract/policies/rights-policy';
import { retentionText } from '../../contract/retention';
import type { RightsActor } from '../../contract/rights';
import type { Foundation } from '../foundation/foundation';
import { OutsideFunction } from '../functions/outside-function';
import { addVariables } from '../functions/variables';
import type { WorkspaceMembers } from '../members/workspace-members';
import { acrossRegions } from '../shared/across-regions';
import { clipped } from '../shared/clipped';
import { RightsAlarms } from './rights-alarms';
import { type InNetwork, RightsFunction } from './rights-function';
import { grantDecide, grantSteps, grantTend, type RightsStores, replicaArn } from './rights-grants';
import { RightsMachine } from './rights-machine';
import { rightsPolicy } from './rights-policy';

/** Construction properties for WorkspaceRights. */
export interface WorkspaceRightsProps extends RightsStores {
  /** Where it may be. */
  readonly boundary: ResidencyBoundary;

  /** Whose network, keys, evidence and alerts it shares. */
  readonly foundation: Foundation;

  /** The workspace's id. */
  readonly workspaceId: string;

  /** Whose tokens are taken. */
  readonly members: WorkspaceMembers;

  /** What holds another period before it is applied to what is there: the gateway, which writes by it. */
  readonly after: IDependable;

  /**
   * How long the logs of its functions and of its state machine are kept. None holds content.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: logs.RetentionDays;
}

/** How much memory the function of administrators has, in MB: somebody waits for it. */
const ADMIN_MEMORY = 512;

/**
 * What exercises the rights of a workspace's users: exports, erasures with certificates, holds, and the period that content is
 * kept for. Administrators decide through a function that reaches no content; a state machine does the rest, each step by the
 * function whose right it is: the witness tests keys, the eraser deletes, the exporter reads.
 */
export class WorkspaceRights extends Construct {
  /** The ARN of the state machine that does jobs. */
  public readonly stateMachineArn: string;

  /** The function that administrators reach by `/admin/v1/rights`. */
  public readonly adminHandler: lambda.IFunction;

  /** @internal */
  public readonly _adminFunction: lambda.Function;

  private readonly retention: string;
  private readonly policy: RightsPolicy;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkspaceRightsProps,
  ) {
    super(scope, id);
    const { foundation, conversations, after } = props;
    this.retention = retentionText(conversations.retention.duration?.toDays());
    this.policy = rightsPolicy(props.boundary, props.workspaceId, props.members);
    const logRetention = props.logRetention ?? logs.RetentionDays.ONE_MONTH;
    const { recovery } = props;
    const functions = {
      witness: this.inNetwork('witness', logRetention),
      eraser: this.inNetwork('eraser', logRetention),
      exporter: this.inNetwork('exporter', logRetention),
      closer: this.beside('closer', logRetention),
      ...(recovery && {
        'recovery-witness': this.beside('recovery-witness', logRetention),
        'recovery-eraser': this.beside('recovery-eraser', logRetention),
      }),
    };
    const machine = new RightsMachine(this, 'Jobs', { functions, logKey: foundation.logKey, logRetention });
    this.stateMachineArn = machine.arn;

    const admin = this.outside('Admin', 'admin', logRetention, Duration.seconds(29));
    grantDecide(admin.role, conversations);
    addVariables(admin.handler, props.members._grantVerify(admin.role));
    this.grantStart(admin.role);
    this.adminHandler = admin.handler;
    this._adminFunction = admin.handler;
    props.members._administration.readRecords('rights', admin.logGroup);

    const tend = this.outside('Tend', 'tend', logRetention, Duration.minutes(5));
    grantTend(tend.role, conversations);
    this.grantStart(tend.role, 'states:ListExecutions');
    new events.Rule(this, 'EveryHour', {
      description: 'Has jobs of rights go on that stopped',
      schedule: events.Schedule.rate(Duration.hours(1)),
      targets: [new targets.LambdaFunction(tend.handler, { retryAttempts: 2, maxEventAge: Duration.minutes(30) })],
    });
    const applied = new CustomResource(this, 'Retention', {
      resourceType: 'Custom::ContentRetention',
      serviceToken: tend.handler.functionArn,
      serviceTimeout: Duration.minutes(6),
      properties: { Retention: this.retention },
    });
    applied.node.addDependency(tend, machine, after);
    new RightsAlarms(this, 'Alarms', {
      stateMachineArn: machine.arn,
      tend: tend.handler,
      workspaceId: props.workspaceId,
      channel: foundation._channel,
    });
  }

  private inNetwork(actor: InNetwork, logRetention: logs.RetentionDays): lambda.Function {
    const { foundation } = this.props;
    const roleName = actor === 'witness' ? this.nameOf(actor) : undefined;
    const { handler, role } = new RightsFunction(this, capitalized(actor), {
      foundation,
      policy: this.policy,
      actor,
      environment: this.environmentOf(actor),
      logRetention,
      roleName,
    });
    this.grant(actor, role, roleName);
    return handler;
  }

  /** Outside the network: KMS's management and other Regions aren't reached from it, and none of these has a right to content. */
  private beside(actor: Exclude<RightsActor, InNetwork>, logRetention: logs.RetentionDays): lambda.Function {
    const { foundation, workspaceId } = this.props;
    const id = actor.split('-').map(capitalized).join('');
    const roleName = this.nameOf(actor);
    const { handler, role } = new OutsideFunction(this, id, {
      bundle: 'jobs',
      policy: this.policy,
      description: clipped(`${BESIDE[actor]}: workspace ${workspaceId}`),
      environment: this.environmentOf(actor),
      logKey: foundation.logKey,
      logRetention,
      timeout: Duration.minutes(15),
      memorySize: 512,
      roleName,
    });
    this.grant(actor, role, roleName);
    return handler;
  }

  private grant(actor: RightsActor, role: iam.Role, roleName: string | undefined): void {
    const { foundation, workspaceId } = this.props;
    grantSteps(actor, role, this.props);
    if (roleName !== undefined && CERTIFIES.includes(actor)) foundation._certificates.add(role, roleName, workspaceId);
  }

  /** Policies of keys in other stacks name the role. */
  private nameOf(actor: RightsActor): string {
    const { region } = Stack.of(this);
    const end = `${actor}-${region}`;
    return `${Names.uniqueResourceName(this, { maxLength: 63 - end.length, separator: '-' })}-${end}`;
  }

  private environmentOf(actor: RightsActor): ActorVariables {
    const { conversations, files, branchKeys, usage, foundation, recovery } = this.props;
    const isCertifier = CERTIFIES.includes(actor);
    return {
      CONVERSATIONS_TABLE_ARN: conversations.table.tableArn,
      WORKSPACE_KEY_ARN: branchKeys.encryptionKey.keyArn,
      RETENTION_DAYS: this.retention,
      BRANCH_KEYS_TABLE_ARN: actor === 'closer' ? undefined : branchKeys.table.tableArn,
      USAGE_TABLE_ARN: actor === 'eraser' ? usage.table.tableArn : undefined,
      EVIDENCE_BUCKET: isCertifier ? foundation.evidenceBucket.bucketName : undefined,
      FILES_BUCKET: isCertifier ? undefined : files.bucket.bucketName,
      RECOVERY_CONVERSATIONS_TABLE_ARN: recovery && replicaArn(conversations, recovery),
      RECOVERY_BRANCH_KEYS_TABLE_ARN: recovery && acrossRegions(recovery.branchKeys.table.tableArn),
      RECOVERY_WORKSPACE_KEY_ARN: recovery && acrossRegions(recovery.encryptionKey.keyArn),
      RECOVERY_FILES_BUCKET: recovery && acrossRegions(recovery.files.bucket.bucketName),
      UPKEEP_FUNCTION: actor,
    };
  }

  private outside(id: string, name: 'admin' | 'tend', logRetention: logs.RetentionDays, timeout: Duration) {
    const { foundation, workspaceId, conversations } = this.props;
    return new OutsideFunction(this, id, {
      bundle: 'jobs',
      policy: this.policy,
      description: clipped(
        name === 'admin'
          ? `What administrators of workspace ${workspaceId} ask for; it reaches no content`
          : `Has jobs of workspace ${workspaceId} go on; it reaches no content`,
      ),
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

/** Who writes certificates. */
const CERTIFIES: readonly RightsActor[] = ['witness', 'closer'];

const BESIDE: Readonly<Record<Exclude<RightsActor, InNetwork>, string>> = {
  closer: 'Ends the keys when it is closed, and uses none',
  'recovery-witness': 'Tests in the recovery Region that an erased key is gone, and reaches no content',
  'recovery-eraser': 'Deletes in the recovery Region what is erased, and decrypts nothing',
};

const capitalized = (text: string): string => text[0]?.toUpperCase() + text.slice(1);
