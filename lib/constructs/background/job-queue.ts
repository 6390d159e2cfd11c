import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration, RemovalPolicy, Tags, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { EXPIRES_AT, PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import { TAGS } from '../../contract/tags';

/**
 * The queue of a workspace's background responses: IDs of members and of responses, with times, and no content. The table's
 * stream runs the worker, so functions in the VPC need no route to another service.
 */
export class JobQueue extends Construct {
  public readonly table: dynamodb.ITableV2;
  private readonly streamArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const table = new dynamodb.TableV2(this, 'Table', {
      partitionKey: { name: PARTITION_KEY, type: dynamodb.AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: dynamodb.AttributeType.STRING },
      timeToLiveAttribute: EXPIRES_AT,
      // With DynamoDB's own key, because neither side needs a content key for it.
      encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
      dynamoStream: dynamodb.StreamViewType.KEYS_ONLY,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 1 },
      contributorInsightsSpecification: { enabled: false },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Overrides the workspace's own tag, which is the retention of content.
    Tags.of(table).add(TAGS.retention, '2d', { priority: 200 });
    this.table = table;
    this.streamArn = table.tableStreamArn as string;
  }

  /** Grants queueing jobs. The grantee can't list or delete them. */
  public grantAdd(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ['dynamodb:PutItem'], this.table.tableArn);
  }

  /** Runs a function for each job that is queued, and grants its role to queue it again, to end it, and to find stuck ones. */
  public runs(worker: lambda.Function): void {
    const role = worker.role as iam.Role;
    this.grant(role, ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Scan'], this.table.tableArn);
    const reads = this.grant(role, STREAM_ACTIONS, this.streamArn).combine(
      this.grant(role, ['dynamodb:ListStreams'], '*'),
    );
    Validations.of(role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'Lambda requires dynamodb:ListStreams of the role of a function that a stream invokes, and the action has no resource',
    });
    const mapping = new lambda.EventSourceMapping(this, 'Jobs', {
      target: worker,
      eventSourceArn: this.streamArn,
      startingPosition: lambda.StartingPosition.TRIM_HORIZON,
      // A job takes minutes, so each has an invocation of its own.
      batchSize: 1,
      parallelizationFactor: 10,
      // What is lost after this is found by the sweep.
      maxRecordAge: Duration.hours(1),
      retryAttempts: 2,
      filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.or('INSERT', 'MODIFY') })],
    });
    reads.applyBefore(mapping);
  }

  private grant(grantee: iam.IGrantable, actions: string[], arn: string): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [arn] });
  }
}

/** What Lambda does with the function's role. */
const STREAM_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
