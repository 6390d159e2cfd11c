import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RemovalPolicy, Tags, Validations } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EXPIRES_AT } from '../../contract/tables';
import { TAGS } from '../../contract/tags';
import { TABLE_KEYS } from './table-keys';

/** How the stream of a table of requests invokes a function. */
export interface RequestsListenerProps
  extends Omit<lambda.EventSourceMappingOptions, 'eventSourceArn' | 'startingPosition' | 'filters'> {
  readonly target: lambda.IFunction;
  /** The function's role. */
  readonly role: iam.Role;
  /** Which changes of rows invoke it. */
  readonly events: readonly ('INSERT' | 'MODIFY')[];
}

/**
 * A table of requests to a function: IDs and times, and no content. Its stream invokes the function, so functions in the VPC need no
 * route to another service.
 *
 * @param retention how long a request can be there, as a tag says it
 */
export function requestTable(scope: Construct, id: string, retention: string): dynamodb.TableV2 {
  const table = new dynamodb.TableV2(scope, id, {
    ...TABLE_KEYS,
    timeToLiveAttribute: EXPIRES_AT,
    // With DynamoDB's own key, because its rows have no content.
    encryption: dynamodb.TableEncryptionV2.dynamoOwnedKey(),
    dynamoStream: dynamodb.StreamViewType.KEYS_ONLY,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 1 },
    contributorInsightsSpecification: { enabled: false },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // Overrides the workspace's own tag, which is the retention of content.
  Tags.of(table).add(TAGS.retention, retention, { priority: 200 });
  return table;
}

/** Invokes a function by the stream of a table of requests, and grants its role to read the stream. */
export function listenToRequests(
  scope: Construct,
  id: string,
  table: dynamodb.TableV2,
  { role, events, ...options }: RequestsListenerProps,
): void {
  const eventSourceArn = table.tableStreamArn as string;
  const reads = grantOn(role, STREAM_ACTIONS, eventSourceArn).combine(grantOn(role, ['dynamodb:ListStreams'], '*'));
  Validations.of(role).acknowledge({
    id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
    reason:
      'Lambda requires dynamodb:ListStreams of the role of a function that a stream invokes, and the action has no resource',
  });
  const mapping = new lambda.EventSourceMapping(scope, id, {
    ...options,
    eventSourceArn,
    startingPosition: lambda.StartingPosition.TRIM_HORIZON,
    filters: [
      lambda.FilterCriteria.filter({
        eventName: events.length === 1 ? lambda.FilterRule.isEqual(events[0] ?? '') : lambda.FilterRule.or(...events),
      }),
    ],
  });
  reads.applyBefore(mapping);
}

/** Grants actions on one resource. */
export const grantOn = (grantee: iam.IGrantable, actions: string[], arn: string): iam.Grant =>
  iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [arn] });

/** What Lambda does with the function's role. */
const STREAM_ACTIONS = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
