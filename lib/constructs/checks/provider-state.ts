import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { GATEWAY_NAMESPACE, PROVIDERS_OUT } from '../../contract/metrics';
import { GENERATION_PREFIX, LEFT_PREFIX } from '../../contract/provider-state';
import type { AlertChannel } from '../alerts/alert-channel';
import { runbookAlarm } from '../alerts/runbook-alarm';
import { ALWAYS_RETAINED } from '../shared/removal';
import { requireInside } from '../shared/require-inside';
import { TABLE_KEYS } from '../shared/table-keys';
import { truncated } from '../shared/truncated';

/** Construction properties for a ProviderState. */
export interface ProviderStateProps {
  readonly boundary: ResidencyBoundary;
  readonly channel: AlertChannel;
}

const DELETES = ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PartiQLDelete'];
const REWRITES = ['dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem'];

/**
 * Which providers and models are out of use, for all gateways of a deployment. A gateway can add rows that say that something has left.
 * No principal can delete a row, and only the operator's role can begin the generation in which a provider is in use again.
 * The rows hold names, times and counts, so DynamoDB's own key encrypts them.
 */
export class ProviderState extends Construct {
  public readonly table: dynamodb.ITableV2;

  /**
   * The role that shows, readmits and drills providers, and nothing else. `eu-residency providers` assumes it; the account's IAM
   * policies decide which principals can.
   */
  public readonly operatorRole: iam.Role;

  constructor(scope: Construct, id: string, { boundary, channel }: ProviderStateProps) {
    super(scope, id);
    requireInside(this, boundary, 'it decides which providers receive requests');
    const table = new dynamodb.TableV2(this, 'Table', {
      ...TABLE_KEYS,
      // No time to live: a gateway could set one, and the row that it wrote would be deleted.
      encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      // Without it, every provider would be in use again.
      removalPolicy: ALWAYS_RETAINED,
    });
    this.table = table;
    this.operatorRole = new iam.Role(this, 'Operator', {
      description: truncated(`Readmits and drills the providers of ${this.node.path}`),
      assumedBy: new iam.AccountRootPrincipal(),
    });
    this.operatorRole.addToPolicy(
      new iam.PolicyStatement({
        sid: 'ProviderState',
        actions: ['dynamodb:BatchGetItem', 'dynamodb:Scan', 'dynamodb:UpdateItem'],
        resources: [table.tableArn],
      }),
    );
    table.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'RowsAreOnlyUpdated',
        effect: iam.Effect.DENY,
        actions: [...DELETES, ...REWRITES],
        principals: [new iam.AnyPrincipal()],
        resources: ['*'],
      }),
    );
    table.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'OnlyTheOperatorReadmits',
        effect: iam.Effect.DENY,
        actions: ['dynamodb:UpdateItem'],
        principals: [new iam.AnyPrincipal()],
        resources: ['*'],
        conditions: {
          ArnNotEquals: { 'aws:PrincipalArn': this.operatorRole.roleArn },
          'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [`${GENERATION_PREFIX}*`] },
        },
      }),
    );
    this.addAlarm(channel);
  }

  /** Grants reading which providers are out of use, and saying that one has left. */
  public grantServe(grantee: iam.IGrantable): iam.Grant {
    const own = (action: string, partitions: string[]) =>
      iam.Grant.addToPrincipal({
        grantee,
        actions: [action],
        resourceArns: [this.table.tableArn],
        conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } },
      });
    return own('dynamodb:BatchGetItem', [`${GENERATION_PREFIX}*`, `${LEFT_PREFIX}*`]).combine(
      own('dynamodb:UpdateItem', [`${LEFT_PREFIX}*`]),
    );
  }

  private addAlarm(channel: AlertChannel): void {
    runbookAlarm(this, 'ProviderOut', {
      entry: 'ProviderOut',
      text:
        "A provider of models, or one of its models, is out of use, because it refuses this deployment's gateways. Requests go to the other " +
        "destinations. 'eu-residency providers list' names it.",
      metric: new cloudwatch.Metric({
        namespace: GATEWAY_NAMESPACE,
        metricName: PROVIDERS_OUT,
        dimensionsMap: { table: this.table.tableName },
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      // Processes report every 30 seconds while anything is out of use, but only while they serve requests.
      treatMissingData: cloudwatch.TreatMissingData.IGNORE,
      channel,
    });
  }
}
