import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { egressOf, JOINS } from '../../network/vpc-egress';
import { checkFirewalls, checkNames } from './filters';
import { attribute, EgressTemplate, type TemplateResource } from './template';
import { checkZones } from './zones';

/**
 * Why the egress of a VPC isn't exactly that of an EgressNetwork, as messages. It is read from the template, with every override, and
 * not from names or tags; any other egress of the VPC, wherever in the app it is defined, is a problem too.
 */
export function egressProblems(scope: Construct, vpc: ec2.Vpc, names: readonly string[]): string[] {
  const stack = Stack.of(scope);
  const own = stack.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .filter((resource) => Stack.of(resource) === stack);
  const template = new EgressTemplate(Object.assign({}, ...own.map((resource) => rendered(stack, resource))));
  const idOf = (resource: CfnResource): string => stack.resolve(resource.logicalId);
  const vpcId = idOf(vpc.node.defaultChild as CfnResource);

  checkFirewalls(template, vpcId, checkZones(template, vpcId), names);
  checkNames(template, vpcId, names);
  template.only('a closed default security group', 'resources in it could send', 'Custom::VpcRestrictDefaultSG', {
    DefaultSecurityGroupId: attribute(vpcId, 'DefaultSecurityGroup'),
  });
  const others = egressOf(vpc, new Set(own.filter((resource) => template.parts.has(idOf(resource)))), FILTERED);
  return [
    ...template.problems.map(
      (problem) => `the egress network isn't as it was defined: ${problem}; remove what changes it`,
    ),
    ...others.map(
      ({ cfnResourceType, node }) =>
        `the VPC ${vpc.node.path} must have no egress but through its firewalls because anything else isn't filtered, got ` +
        `${cfnResourceType} at ${node.path}; remove it`,
    ),
  ];
}

/** What joins the VPC to another network, answers its queries from elsewhere, or filters it by other rules. */
const FILTERED: typeof JOINS = {
  ...JOINS,
  'AWS::NetworkFirewall::VpcEndpointAssociation': ['vpcId'],
  'AWS::Route53Resolver::FirewallConfig': ['resourceId'],
  'AWS::Route53Resolver::FirewallRuleGroupAssociation': ['vpcId'],
  'AWS::Route53Resolver::ResolverRuleAssociation': ['vpcId'],
};

/** The rendering is internal to CDK, and the only one that shows overrides. */
function rendered(stack: Stack, resource: CfnResource): Record<string, TemplateResource> {
  const { _toCloudFormation } = resource as unknown as { _toCloudFormation(): object };
  // As the file has it: properties without a value aren't in it.
  return JSON.parse(JSON.stringify(stack.resolve(_toCloudFormation.call(resource)).Resources ?? {}));
}
