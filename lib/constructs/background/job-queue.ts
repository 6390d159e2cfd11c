import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { grantOn, listenToRequests, requestTable } from '../shared/request-table';

/**
 * The queue of a workspace's background responses: IDs of members and of responses, with times, and no content. The table's
 * stream runs the worker, so functions in the VPC need no route to another service.
 */
export class JobQueue extends Construct {
  public readonly table: dynamodb.TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = requestTable(this, 'Table', '2d');
  }

  /** Grants queueing jobs. The grantee can't list or delete them. */
  public grantAdd(grantee: iam.IGrantable): iam.Grant {
    return grantOn(grantee, ['dynamodb:PutItem'], this.table.tableArn);
  }

  /** Runs a function for each job that is queued, and grants its role to queue it again, to end it, and to find stuck ones. */
  public runs(worker: lambda.Function): void {
    const role = worker.role as iam.Role;
    grantOn(role, ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Scan'], this.table.tableArn);
    listenToRequests(this, 'Jobs', this.table, {
      target: worker,
      role,
      events: ['INSERT', 'MODIFY'],
      // A job takes minutes, so each has an invocation of its own.
      batchSize: 1,
      parallelizationFactor: 10,
      // What is lost after this is found by the sweep.
      maxRecordAge: Duration.hours(1),
      retryAttempts: 2,
    });
  }
}
