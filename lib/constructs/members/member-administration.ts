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
import { clipped } from '../shared/clipped';
import type { KeySetRefresh } from './key-set-refresh';
import type { MemberPool } from './member-pool';
import { SuspensionsTable } from './suspensions-table';

/** Construction properties for a MemberAdministration. */
export interface MemberAdministrationProps {
  readonly boundary: ResidencyBoundary;
  readonly workspaceId: string;
  readonly pool: MemberPool;
  readonly clientId: string;
  /** Whether other workspaces come in by the pool too. */
  readonly isShared: boolean;
  readonly identity: IdentityPolicy;
  readonly corsOrigins: readonly string[];
  readonly keySets: KeySetRefresh;
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
}

/**
 * By what administrators of a workspace manage its members, and auditors read its records. It runs outside the VPC, from where alone Cognito can be reached,
 * under a role with no right to content or to a key that content is under.
 */
export class MemberAdministration extends Construct {
  public readonly handler: lambda.Function;

  private readonly role: iam.IRole;
  private readonly read = new Map<'requests' | 'rights', logs.ILogGroup>();

  /** Who is kept out, which whoever verifies tokens asks. */
  public readonly suspensions: SuspensionsTable;

  constructor(scope: Construct, id: string, props: MemberAdministrationProps) {
    super(scope, id);
    const { boundary, workspaceId, pool, isShared, keySets } = props;
    const { handler, role, logGroup } = new OutsideFunction(this, 'Handler', {
      bundle: 'members',
      policy: {
        boundary: boundary.name,
        workspace: workspaceId,
        identity: props.identity,
        isShared,
        corsOrigins: props.corsOrigins,
      },
      description: clipped(
        `Manages the members of workspace ${workspaceId} and shows its records, without a right to content`,
      ),
      environment: {
        USER_POOL_ID: pool.userPool.userPoolId,
        USER_POOL_CLIENT_ID: props.clientId,
        KEY_SETS_TABLE_ARN: keySets.table.table.tableArn,
        // The table's policy names the role, so the table comes after it, and the function after both.
        SUSPENSIONS_TABLE_ARN: Lazy.string({ produce: () => this.suspensions.table.tableArn }),
        // The functions of the gateway and of rights come after this one.
        REQUESTS_LOG_GROUP: Lazy.string({
          produce: (): string => (this.read.get('requests') ?? logGroup).logGroupName,
        }),
        RIGHTS_LOG_GROUP: Lazy.string({ produce: (): string => (this.read.get('rights') ?? logGroup).logGroupName }),
      } satisfies MembersVariables,
      logKey: props.logKey,
      logRetention: props.logRetention,
      // As long as API Gateway waits for what doesn't stream.
      timeout: Duration.seconds(29),
    });
    // Before there are keys to verify tokens by, it could let nobody in.
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
  }

  /** Has auditors read what the gateway records of requests, or what is recorded of rights. */
  public readRecords(of: 'requests' | 'rights', logGroup: logs.ILogGroup): void {
    if (Stack.of(logGroup) !== Stack.of(this)) {
      throw new Error(
        `${logGroup.node.path}: the gateway of a workspace must be in the stack of its members, ${Stack.of(this).stackName}, because auditors read its ` +
          `records by a function there, got ${Stack.of(logGroup).stackName}; define both in one stack`,
      );
    }
    this.read.set(of, logGroup);
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

/** What can't be done here isn't allowed either: users of a provider are its own, and those of a shared pool are others' too. */
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
