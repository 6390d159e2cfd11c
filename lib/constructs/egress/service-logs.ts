import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { newLogKey } from '../keys/log-key';
import { RETAINED_ONCE_CREATED } from '../shared/removal';

/** Construction properties for ServiceLogs. */
export interface ServiceLogsProps {
  readonly boundary: ResidencyBoundary;
  readonly retention: logs.RetentionDays;
}

/**
 * The log groups of the firewalls and of DNS queries, under a key of their own, which AWS's log delivery may write to for this account.
 * With a policy in the stack, the delivery adds none that belongs to no stack.
 */
export class ServiceLogs extends Construct {
  public readonly firewalls: logs.LogGroup;
  public readonly queries: logs.LogGroup;
  /** Permits delivery. A service's configuration must depend on it. */
  public readonly policy: logs.ResourcePolicy;

  constructor(scope: Construct, id: string, { boundary, retention }: ServiceLogsProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const encryptionKey = newLogKey(this, boundary);
    const group = (name: string) =>
      new logs.LogGroup(this, name, { encryptionKey, retention, removalPolicy: RETAINED_ONCE_CREATED });
    this.firewalls = group('Firewalls');
    this.queries = group('Queries');
    // One policy for both: a Region of an account has at most ten.
    this.policy = new logs.ResourcePolicy(this, 'Delivery', {
      policyStatements: [
        new iam.PolicyStatement({
          principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [this.firewalls.logGroupArn, this.queries.logGroupArn],
          conditions: {
            ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
            StringEquals: { 'aws:SourceAccount': stack.account },
          },
        }),
      ],
    });
  }
}
