import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { MembersVariables } from '../../contract/environment';
import type { IdentityPolicy } from '../../contract/policies/identity-policy';
import { OutsideFunction } from '../functions/outside-function';
import { addVariables } from '../functions/variables';
import { truncated } from '../shared/truncated';
import type { UsageTable } from '../stores/usage-table';
import type { DirectoryTable } from './directory-table';
import type { KeySetRefresh } from './key-set-refresh';
import type { MemberPool } from './member-pool';
import { RecordLinksTable } from './record-links-table';
import { SuspensionsTable } from './suspensions-table';
import type { PerMemberMonitoring } from './workspace-monitoring';

/** Construction properties for a MemberAdministration. */
export interface MemberAdministrationProps {
  readonly boundary: ResidencyBoundary;
  readonly workspaceId: string;
  readonly pool: MemberPool;
  readonly clientId: string;
  /** Whether other workspaces use the pool too. */
  readonly isShared: boolean;
  readonly identity: IdentityPolicy;
  readonly corsOrigins: readonly string[];
  readonly keySets: KeySetRefresh;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  /** For how long a record is linked to its member, in days. */
  readonly recordLinkDays: number;
  /** Opens the use of single members to auditors; none by default. */
  readonly perMember?: PerMemberMonitoring;
  /** The users and groups that SCIM writes; none if tokens name the groups. */
  readonly directory?: DirectoryTable;
}

/**
 * The function through which administrators of a workspace manage its members and auditors read its records. It runs
 * outside the VPC, because the isolated VPC can't reach Cognito. Its role has no permission on content or a content
 * key.
 */
export class MemberAdministration extends Construct {
  public readonly handler: lambda.Function;

  private readonly role: iam.IRole;
  private readonly recordLogs = new Map<'requests' | 'rights', logs.ILogGroup>();

  /** The suspended members; functions that verify tokens read this table. */
  public readonly suspensions: SuspensionsTable;

  /** Which member made the request of which record. */
  public readonly recordLinks: RecordLinksTable;

  constructor(scope: Construct, id: string, props: MemberAdministrationProps) {
    super(scope, id);
    this.recordLinks = new RecordLinksTable(this, 'RecordLinks', { days: props.recordLinkDays });
    const { boundary, workspaceId, pool, isShared, keySets } = props;
    const { handler, role, logGroup } = new OutsideFunction(this, 'Handler', {
      bundle: 'members',
      policy: {
        boundary: boundary.name,
        workspace: workspaceId,
        identity: props.identity,
        isShared,
        corsOrigins: props.corsOrigins,
        perMember: props.perMember,
      },
      description: truncated(
        `Manages the members of workspace ${workspaceId} and shows its records, without access to content`,
      ),
      environment: {
        USER_POOL_ID: pool.userPool.userPoolId,
        USER_POOL_CLIENT_ID: props.clientId,
        KEY_SETS_TABLE_ARN: keySets.table.table.tableArn,
        ...(props.directory && { DIRECTORY_TABLE_ARN: props.directory.table.tableArn }),
        // The table's policy names the role, so the table is created after it, and the function after both.
        SUSPENSIONS_TABLE_ARN: Lazy.string({ produce: () => this.suspensions.table.tableArn }),
        ...(props.perMember && { RECORD_LINKS_TABLE_ARN: this.recordLinks.table.tableArn }),
        // The functions of the gateway and of rights are defined after this one.
        REQUESTS_LOG_GROUP: Lazy.string({
          produce: (): string => (this.recordLogs.get('requests') ?? logGroup).logGroupName,
        }),
        RIGHTS_LOG_GROUP: Lazy.string({
          produce: (): string => (this.recordLogs.get('rights') ?? logGroup).logGroupName,
        }),
      } satisfies MembersVariables,
      logKey: props.logKey,
      logRetention: props.logRetention,
      // API Gateway's longest wait for an answer that isn't streamed.
      timeout: Duration.seconds(29),
    });
    // Without keys to verify tokens with, it would reject every user.
    handler.node.addDependency(keySets);
    this.handler = handler;
    this.role = role;
    this.grantReadRecords(logGroup);
    this.suspensions = new SuspensionsTable(this, 'Suspensions', { writer: role });
    keySets.grantRead(role);
    role.addToPolicy(
      new iam.PolicyStatement({
        sid: 'Members',
        actions: cognitoActions(pool.isFederated, isShared).map((action) => `cognito-idp:${action}`),
        resources: [pool.userPool.userPoolArn],
      }),
    );
    if (props.perMember) this.recordLinks.grantRead(role, props.perMember.until);
    props.directory?.grantDecide(role);
    props.directory?.grantList(role);
  }

  /**
   * Lets auditors read the use of single members until a day.
   *
   * @internal
   */
  public _showUse(usage: UsageTable, { until }: PerMemberMonitoring): void {
    usage._grantReadUntil(this.role, until);
    addVariables(this.handler, { USAGE_TABLE_ARN: usage.table.tableArn });
  }

  /**
   * Lets auditors read the gateway's records of requests, or the records of rights.
   *
   * @throws if the log group is in another stack
   */
  public readRecords(of: 'requests' | 'rights', logGroup: logs.ILogGroup): void {
    if (Stack.of(logGroup) !== Stack.of(this)) {
      throw new Error(
        `${logGroup.node.path}: the gateway of a workspace must be in the stack of its members, ${Stack.of(this).stackName}, because auditors ` +
          `read its records through a function there, got ${Stack.of(logGroup).stackName}; define both in one stack`,
      );
    }
    this.recordLogs.set(of, logGroup);
    this.grantReadRecords(logGroup);
  }

  private grantReadRecords(logGroup: logs.ILogGroup): void {
    iam.Grant.addToPrincipal({
      grantee: this.role,
      actions: ['logs:FilterLogEvents'],
      resourceArns: [logGroup.logGroupArn],
    });
  }
}

/**
 * Operations that aren't supported aren't allowed either: a provider manages its own users, and users of a shared pool
 * belong to other workspaces too.
 */
function cognitoActions(isFederated: boolean, isShared: boolean): string[] {
  return [
    'ListUsers',
    ...(isFederated
      ? []
      : [
          'AdminAddUserToGroup',
          'AdminGetUser',
          'AdminListGroupsForUser',
          'AdminRemoveUserFromGroup',
          'ListUsersInGroup',
          ...(isShared ? [] : ['AdminCreateUser', 'AdminDeleteUser']),
        ]),
    ...(isShared ? [] : ['AdminDisableUser', 'AdminEnableUser', 'AdminUserGlobalSignOut']),
  ].sort();
}
