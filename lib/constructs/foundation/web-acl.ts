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
  readonly requestsWithoutKeyPerFiveMinutes: number;
}

/**
 * A regional web ACL that checks requests by their source address, and whether they have a key. It neither reads nor
 * stores a body.
 *
 * So it has no common rule set and no known-bad-inputs rule set: both read bodies, which here are prompts, and block
 * long ones.
 */
export class WebAcl extends Construct {
  public readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    // A sample holds all headers of a request and is visible to anyone with access to the console.
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
        {
          name: 'WithoutKey',
          priority: 2,
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              // Of all addresses together: otherwise a flood from many of them would use up what API Gateway accepts from all callers.
              aggregateKeyType: 'CONSTANT',
              limit: props.requestsWithoutKeyPerFiveMinutes,
              scopeDownStatement: {
                notStatement: { statement: { orStatement: { statements: [BEARER, API_KEY, PREFLIGHT] } } },
              },
            },
          },
          visibilityConfig: visibility('WithoutKey'),
        },
      ],
    });
    this.webAclArn = acl.attrArn;
    this.log(props);
  }

  private log(props: WebAclProps): void {
    const stack = Stack.of(this);
    // WAF writes only to log groups with this prefix.
    const logGroupName = `aws-waf-logs-${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}`;
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      logGroupName,
      encryptionKey: props.logKey,
      retention: props.logRetention,
      // A log group that outlives its stack would block its name for the next stack.
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
      // Without the `:*` at the end of a log group's ARN attribute, which WAF refuses.
      logDestinationConfigs: [stack.formatArn(group)],
      redactedFields: [
        ...['authorization', 'cookie', 'x-api-key'].map((name) => ({ singleHeader: { Name: name } })),
        { queryString: {} },
        { uriPath: {} },
      ],
      // An entry repeats every header of a request, which may hold anything that a client writes. So allowed requests
      // aren't logged.
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

const begins = (fieldToMatch: wafv2.CfnWebACL.FieldToMatchProperty, searchString: string) => ({
  byteMatchStatement: {
    fieldToMatch,
    positionalConstraint: 'STARTS_WITH',
    searchString,
    textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
  },
});

/** The form of every key and token; the handler and the authorizer verify them. */
const BEARER = begins({ singleHeader: { Name: 'authorization' } }, 'bearer ');

/** Anthropic's clients send their key so. */
const API_KEY = {
  sizeConstraintStatement: {
    fieldToMatch: { singleHeader: { Name: 'x-api-key' } },
    comparisonOperator: 'GT',
    size: 0,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

/** Browsers send no key with a preflight request, and a campus of browsers can share one address. */
const PREFLIGHT = begins({ method: {} }, 'options');
