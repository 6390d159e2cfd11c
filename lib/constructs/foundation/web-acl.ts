import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Lazy, Names, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** Construction properties for a WebAcl. */
export interface WebAclProps {
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  readonly requestsPerFiveMinutes: number;
  readonly requestsWithoutKeyPerFiveMinutes: number;
  /** Whether an API answers preflight requests; read at synthesis. */
  readonly answersPreflights: () => boolean;
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
    const acl = new wafv2.CfnWebACL(this, 'Resource', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('WebAcl'),
      rules: Lazy.any({ produce: () => rulesOf(props) }),
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

// A sample holds all headers of a request and is visible to anyone with access to the console.
const visibility = (metricName: string) => ({
  cloudWatchMetricsEnabled: true,
  metricName,
  sampledRequestsEnabled: false,
});

function rulesOf({ answersPreflights, ...props }: WebAclProps): wafv2.CfnWebACL.RuleProperty[] {
  const preflights = answersPreflights();
  return [
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
      statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesAmazonIpReputationList' } },
      visibilityConfig: visibility('AddressReputation'),
    },
    limitOfAll('WithoutKey', 2, props.requestsWithoutKeyPerFiveMinutes, {
      notStatement: {
        statement: { orStatement: { statements: [BEARER, API_KEY, ...(preflights ? [PREFLIGHT] : [])] } },
      },
    }),
    // Otherwise a flood of them would use up what API Gateway accepts, or a flood of other requests would block them.
    ...(preflights ? [limitOfAll('Preflights', 3, props.requestsWithoutKeyPerFiveMinutes, PREFLIGHT)] : []),
  ];
}

/**
 * Limits such requests of all addresses together: otherwise a flood from many of them would use up what API Gateway accepts from all
 * callers.
 */
const limitOfAll = (
  name: string,
  priority: number,
  limit: number,
  scopeDownStatement: wafv2.CfnWebACL.StatementProperty,
): wafv2.CfnWebACL.RuleProperty => ({
  name,
  priority,
  action: { block: {} },
  statement: { rateBasedStatement: { aggregateKeyType: 'CONSTANT', limit, scopeDownStatement } },
  visibilityConfig: visibility(name),
});

const hasHeader = (name: string): wafv2.CfnWebACL.StatementProperty => ({
  sizeConstraintStatement: {
    fieldToMatch: { singleHeader: { Name: name } },
    comparisonOperator: 'GT',
    size: 0,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
});

/** The form of every key and token; the handler and the authorizer verify them. */
const BEARER: wafv2.CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { singleHeader: { Name: 'authorization' } },
    positionalConstraint: 'STARTS_WITH',
    searchString: 'bearer ',
    textTransformations: [{ priority: 0, type: 'LOWERCASE' }],
  },
};

/** Anthropic's clients send their key so. */
const API_KEY = hasHeader('x-api-key');

/** Browsers send no key with a preflight request, and a campus of browsers can share one address. */
const PREFLIGHT: wafv2.CfnWebACL.StatementProperty = {
  andStatement: {
    statements: [
      {
        byteMatchStatement: {
          fieldToMatch: { method: {} },
          positionalConstraint: 'EXACTLY',
          searchString: 'OPTIONS',
          textTransformations: [{ priority: 0, type: 'NONE' }],
        },
      },
      hasHeader('origin'),
      hasHeader('access-control-request-method'),
    ],
  },
};
