import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Construction properties for a WebAcl. */
export interface WebAclProps {
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly requestsPerFiveMinutes: number;
}

/**
 * A regional web ACL that judges requests by their source address and never reads or keeps a body.
 *
 * Hence no common rule set and no known-bad-inputs: both read bodies, which here are prompts, and refuse long ones.
 */
export class WebAcl extends Construct {
  public readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    // A sample holds whole requests' headers, for whoever may open the console.
    const visibility = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      metricName,
      sampledRequestsEnabled: false,
    });
    const acl = new wafv2.CfnWebACL(this, 'Resource', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('WebAcl'),
      rules: [
        {
          name: 'RatePerAddress',
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: props.requestsPerFiveMinutes } },
          visibilityConfig: visibility('RatePerAddress'),
        },
        {
          name: 'AddressReputation',
          priority: 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' },
          },
          visibilityConfig: visibility('AddressReputation'),
        },
      ],
    });
    this.webAclArn = acl.attrArn;
    this.log(props);
  }

  private log(props: WebAclProps): void {
    const stack = Stack.of(this);
    // WAF writes only to groups that are named so.
    const logGroupName = `aws-waf-logs-${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}`;
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      logGroupName,
      encryptionKey: props.logKey,
      retention: props.logRetention,
      // A group that outlives its stack would keep its name from the next one.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const group = { service: 'logs', resource: `log-group:${logGroupName}` };
    const policy = logGroup.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`${stack.formatArn(group)}:log-stream:*`],
        conditions: {
          ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
          StringEquals: { 'aws:SourceAccount': stack.account },
        },
      }),
    );
    const logging = new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAclArn,
      // Without the `:*` that a log group's own ARN attribute ends with, which WAF refuses.
      logDestinationConfigs: [stack.formatArn(group)],
      redactedFields: [
        ...['authorization', 'cookie', 'x-api-key'].map((name) => ({ singleHeader: { Name: name } })),
        { queryString: {} },
        { uriPath: {} },
      ],
      // An entry repeats every header of a request, and a client may write anything into one; of what was let through nothing
      // is kept.
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          { Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }] },
        ],
      },
    });
    if (policy.policyDependable) logging.node.addDependency(policy.policyDependable);
  }
}
