import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { MakeKeysVariables } from '../../contract/environment';
import type { RecoveryPolicy } from '../../contract/policies/recovery-policy';
import type { Foundation } from '../foundation/foundation';
import { OutsideFunction } from '../functions/outside-function';
import type { BranchKeyStore } from '../keys/branch-key-store';
import { grantOn, listenToRequests, requestTable } from '../shared/request-table';
import { truncated } from '../shared/truncated';

/** Construction properties for KeyRequests. */
export interface KeyRequestsProps {
  readonly boundary: ResidencyBoundary;
  readonly foundation: Foundation;
  readonly workspaceId: string;
  /** Where the keys are made. */
  readonly branchKeys: BranchKeyStore;
}

/**
 * The requests of a workspace's functions for branch keys, and the function that makes them: only it can write rows of keys, because
 * DynamoDB's permission to create a row also overwrites one. A request is a member's pseudonym and a time; it is deleted
 * when it is answered. The stream of the requests invokes the function, so functions in the VPC need no route to
 * Lambda.
 */
export class KeyRequests extends Construct {
  private static readonly known = new WeakMap<BranchKeyStore, KeyRequests>();

  /** The requests for keys of a store: those that exist, otherwise new ones in the scope. */
  public static for(scope: Construct, props: KeyRequestsProps): KeyRequests {
    return KeyRequests.known.get(props.branchKeys) ?? new KeyRequests(scope, 'KeyRequests', props);
  }

  public readonly table: dynamodb.ITableV2;

  constructor(scope: Construct, id: string, { boundary, foundation, workspaceId, branchKeys }: KeyRequestsProps) {
    super(scope, id);
    KeyRequests.known.set(branchKeys, this);
    const table = requestTable(this, 'Table', '1d');
    this.table = table;
    const { handler, role } = new OutsideFunction(this, 'Make', {
      bundle: 'jobs',
      policy: { boundary: boundary.name, workspace: workspaceId } satisfies RecoveryPolicy,
      description: truncated(`Makes the branch keys of members of workspace ${workspaceId}, and reads none`),
      environment: {
        UPKEEP_FUNCTION: 'make-keys',
        BRANCH_KEYS_TABLE_ARN: branchKeys.table.tableArn,
        KEY_REQUESTS_TABLE_ARN: table.tableArn,
        WORKSPACE_KEY_ARN: branchKeys.encryptionKey.keyArn,
      } satisfies MakeKeysVariables,
      logKey: foundation.logKey,
      logRetention: logs.RetentionDays.ONE_MONTH,
      timeout: Duration.seconds(30),
      // A member waits for it.
      memorySize: 512,
    });
    branchKeys._grantCreate(role);
    grantOn(role, ['dynamodb:DeleteItem'], table.tableArn);
    listenToRequests(this, 'Requests', table, {
      target: handler,
      role,
      events: ['INSERT', 'MODIFY'],
      batchSize: 100,
      // A member's next request asks again, so an old request isn't worth a wait of others.
      maxRecordAge: Duration.minutes(5),
      retryAttempts: 5,
      bisectBatchOnError: true,
    });
  }

  /** Grants requesting keys. The grantee can't read or delete requests. */
  public grantRequest(grantee: iam.IGrantable): iam.Grant {
    return grantOn(grantee, ['dynamodb:PutItem'], this.table.tableArn);
  }
}
