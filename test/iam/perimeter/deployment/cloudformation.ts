import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEPLOYMENT_TAG } from '@/lib/perimeter/organization/principals';
import { ABSENT, type Context } from '../../calls/row';
import { type ServiceAction, serviceActions } from '../../evaluator/evaluator';
import { matches } from '../../support/pattern';
import type { Request } from '../row';

/** What the handlers of CloudFormation's resource types may call, from the schemas that AWS publishes. */
const { types: HANDLERS }: { types: Readonly<Record<string, readonly string[]>> } = JSON.parse(
  readFileSync(path.join(__dirname, 'handlers.json'), 'utf8'),
);

/** A type whose schema the source lacks, by the commands of its service. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Route53Resolver::FirewallConfig': [
    'route53resolver:GetFirewallConfig',
    'route53resolver:ListFirewallConfigs',
    'route53resolver:UpdateFirewallConfig',
  ],
};

/** Calls of a handler that no property of our templates needs, so a perimeter may deny them. */
const UNUSED: readonly { readonly type: RegExp; readonly action: string; readonly reason: string }[] = [
  {
    type: /^AWS::Cognito::UserPoolDomain$/,
    action: 'cloudfront:UpdateDistribution',
    reason: "for a domain of one's own; the stacks use a prefix of Amazon's",
  },
  {
    type: /^AWS::EC2::VPCGatewayAttachment$/,
    action: 'ec2:*VpnGateway*',
    reason: 'the stacks attach internet gateways only',
  },
];

/** The condition keys of the requests that CloudFormation makes for our templates. */
const KEYS: Context = {
  'aws:TagKeys': [DEPLOYMENT_TAG],
  [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'exemple',
  'apigateway:Request/EndpointType': ['REGIONAL'],
  'ec2:AssociatePublicIpAddress': ABSENT,
  'ec2:AvailabilityZone': '{primary}a',
  'events:TargetArn': ['arn:{partition}:lambda:{primary}:{account}:function:sample'],
  'iam:PassedToService': 'lambda.amazonaws.com',
  'iam:PermissionsBoundary': ABSENT,
  'kms:MultiRegion': 'false',
  'lambda:FunctionUrlAuthType': ABSENT,
  'lambda:Principal': 'apigateway.amazonaws.com',
  'lambda:VpcIds': 'vpc-0123456789abcdef0',
  's3:x-amz-acl': ABSENT,
  'secretsmanager:AddReplicaRegions': ABSENT,
};

/**
 * The requests of CloudFormation when it creates, changes and deletes resources of these types.
 *
 * @throws if the calls for a type aren't known
 */
export function requestsFor(types: readonly string[]): Request[] {
  const patterns = types.map((type) => {
    const calls = HANDLERS[type] ?? OTHERS[type];
    if (calls === undefined)
      throw new Error(`${type}: its calls aren't known; add them to handlers.json from AWS's schema`);
    return calls.filter((action) => !UNUSED.some((one) => one.type.test(type) && matches(one.action, action, true)));
  });
  const known = serviceActions([...new Set(patterns.flat())]);
  const actions = new Map(
    types.flatMap((type, nth) => actionsOf(known, patterns[nth] ?? []).map((one) => [one, type])),
  );
  return [...actions].map(([action, type]) => ({
    name: `CloudFormation calls ${action} for ${type}`,
    action,
    as: 'deployer',
    via: 'service',
    context: KEYS,
    isGeneral: true,
  }));
}

/** The schemas have names that AWS's service reference lacks: permissions of features that aren't public, and misspelled ones. */
const actionsOf = (known: Readonly<Record<string, readonly ServiceAction[]>>, patterns: readonly string[]): string[] =>
  patterns.flatMap((pattern) => (known[pattern] ?? []).map(({ action }) => action));
