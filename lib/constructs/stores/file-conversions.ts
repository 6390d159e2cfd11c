import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { CONVERT_WITHIN_MS } from '../../contract/conversion';
import type { ConversionVariables } from '../../contract/environment';
import { CONTENT_PREFIX } from '../../contract/objects';
import type { RecoveryPolicy } from '../../contract/policies/recovery-policy';
import { runbookAlarm } from '../alerts/runbook-alarm';
import type { Foundation } from '../foundation/foundation';
import { functionLog } from '../functions/function-log';
import { handlerFunction } from '../functions/handler-function';
import { inIsolatedSubnets } from '../functions/isolated-subnets';
import { toEnvironment } from '../functions/variables';
import { vpcFunctionRole } from '../functions/vpc-function-role';
import type { BranchKeyStore } from '../keys/branch-key-store';
import { keyForBucket } from '../keys/key-for-service';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import { grantOn, listenToRequests, requestTable } from '../shared/request-table';
import { truncated } from '../shared/truncated';
import type { FileStore } from './file-store';

/** Construction properties for FileConversions. */
export interface FileConversionsProps {
  readonly boundary: ResidencyBoundary;
  readonly foundation: Foundation;
  readonly workspaceId: string;
  readonly files: FileStore;
  readonly branchKeys: BranchKeyStore;
}

/** The objects of files, and those that a conversion writes of them. */
const FILE = `${CONTENT_PREFIX}*/file-*/*`;
const WRITTEN = [`${CONTENT_PREFIX}*/file-*/text`, `${CONTENT_PREFIX}*/file-*/report`];

/**
 * Requests for the conversion of office files to text, and the function that converts. A request is the IDs of a member, a
 * file and its parts; it expires after a day. The stream of the requests invokes the function, in isolated subnets. Its
 * role reads files, and writes their texts and reports, but reaches no table of content and no model. The code that
 * parses a file runs in a process without permissions and credentials.
 */
export class FileConversions extends Construct {
  public readonly table: dynamodb.ITableV2;
  public readonly handler: lambda.IFunction;

  constructor(scope: Construct, id: string, props: FileConversionsProps) {
    super(scope, id);
    const { foundation, workspaceId, files, branchKeys } = props;
    const table = requestTable(this, 'Table', '1d');
    this.table = table;
    const description = truncated(`Converts office files of members of workspace ${workspaceId} to text`);
    const role = vpcFunctionRole(this, 'Role', description);
    this.handler = this.addFunction(props, role, description);
    grantOn(role, ['dynamodb:GetItem', 'dynamodb:UpdateItem'], this.table.tableArn);
    branchKeys._grantDecrypt(role);
    this.grantObjects(role, files);
    listenToRequests(this, 'Requests', table, {
      target: this.handler,
      role,
      events: ['INSERT'],
      // A slow file delays only those in its tenth of the requests.
      batchSize: 1,
      parallelizationFactor: 10,
      maxRecordAge: Duration.millis(CONVERT_WITHIN_MS),
      retryAttempts: 5,
      bisectBatchOnError: true,
    });
    runbookAlarm(this, 'ConversionFailed', {
      entry: 'ConversionFailed',
      text:
        `Office files of workspace ${workspaceId} aren't converted, because the function that converts them fails. ` +
        `See the log of function ${this.handler.functionName} for the reason.`,
      metric: this.handler.metricErrors({ period: Duration.minutes(15), statistic: 'Sum' }),
      channel: foundation._channel,
    });
  }

  /** Grants requesting conversions and withdrawing requests. The grantee can't read them. */
  public grantRequest(grantee: iam.IGrantable): iam.Grant {
    return grantOn(grantee, ['dynamodb:DeleteItem', 'dynamodb:PutItem'], this.table.tableArn);
  }

  private addFunction(props: FileConversionsProps, role: iam.Role, description: string): lambda.Function {
    const { boundary, foundation, workspaceId, files, branchKeys } = props;
    const logGroup = functionLog(this, role, foundation.logKey, logs.RetentionDays.ONE_MONTH);
    return handlerFunction(this, {
      bundle: 'conversion',
      policy: { boundary: boundary.name, workspace: workspaceId } satisfies RecoveryPolicy,
      description,
      role,
      logGroup,
      environment: toEnvironment({
        BRANCH_KEYS_TABLE_ARN: branchKeys.table.tableArn,
        CONVERSIONS_TABLE_ARN: this.table.tableArn,
        FILES_BUCKET: files.bucket.bucketName,
        WORKSPACE_KEY_ARN: branchKeys.encryptionKey.keyArn,
      } satisfies ConversionVariables),
      // A whole processor, and room for the parser next to the file.
      memorySize: 1_769,
      timeout: Duration.minutes(3),
      ...inIsolatedSubnets(foundation),
    });
  }

  private grantObjects(role: iam.Role, files: FileStore): void {
    const [read, written] = [[FILE], WRITTEN].map((patterns) =>
      patterns.map((pattern) => files.bucket.arnForObjects(pattern)),
    ) as [string[], string[]];
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: read }));
    const writes = ['s3:DeleteObject', 's3:PutObject', 's3:PutObjectTagging'];
    role.addToPolicy(new iam.PolicyStatement({ actions: writes, resources: written }));
    keyForBucket(files.encryptionKey).grant(role, 'kms:Decrypt', 'kms:GenerateDataKey');
    acknowledgeObjects(
      role,
      [...read, ...written],
      'a conversion can concern a file of any member, whose objects are below this prefix; the actions are named one by one',
    );
  }
}
