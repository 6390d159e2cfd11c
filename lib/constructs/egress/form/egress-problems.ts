import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { EndpointForm } from '../../../perimeter/egress-form/endpoint';
import { checkFunction } from '../../../perimeter/egress-form/function';
import { checkNetwork } from '../../../perimeter/egress-form/network';
import { EgressTemplate, referred, type TemplateResource } from '../../../perimeter/egress-form/template';
import { checkZones } from '../../../perimeter/egress-form/zones';
import { otherUses } from './others';

/**
 * Why the egress of a VPC isn't exactly that of an EgressNetwork, as messages. It is read from the template, with every override, and
 * not from names or tags; any other use of its parts, wherever in the app it is defined, is a problem too.
 */
export function egressProblems(
  scope: Construct,
  vpc: ec2.Vpc,
  names: readonly string[],
  endpoint?: { readonly form: EndpointForm; readonly hostName: string },
): string[] {
  const stack = Stack.of(scope);
  const own = resourcesOf(stack);
  const template = templateOf(stack);
  const idOf = (resource: CfnResource): string => stack.resolve(resource.logicalId);
  const network = vpc.node.defaultChild as CfnResource;
  const vpcId = idOf(network);

  checkNetwork(template, vpcId, names, endpoint && { ...stack.resolve(endpoint.form), hostName: endpoint.hostName });
  const having = (ids: ReadonlySet<string>) => new Set(own.filter((resource) => ids.has(idOf(resource))));
  const parts = { vpc: network, clients: having(template.clients), all: having(template.parts) };
  return [
    ...template.problems.map((problem) => `the egress network isn't as it was defined: ${problem}; remove the change`),
    ...otherUses(vpc.node.root, parts),
  ];
}

/** Why the function of an egress could reach more than its network, as messages. */
export function functionProblems(scope: Construct, vpcId: unknown, name: string): string[] {
  const stack = Stack.of(scope);
  const template = templateOf(stack);
  checkZones(template, referred(stack.resolve(vpcId)));
  // The network reports its own.
  const { length } = template.problems;
  checkFunction(template, name);
  return template.problems
    .slice(length)
    .map((problem) => `the egress function isn't as it was defined: ${problem}; remove the change`);
}

const resourcesOf = (stack: Stack): CfnResource[] =>
  stack.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .filter((resource) => Stack.of(resource) === stack);

const templateOf = (stack: Stack): EgressTemplate =>
  new EgressTemplate(Object.assign({}, ...resourcesOf(stack).map((resource) => rendered(stack, resource))));

/** The rendering is internal to CDK, and the only one that shows overrides. */
function rendered(stack: Stack, resource: CfnResource): Record<string, TemplateResource> {
  const { _toCloudFormation } = resource as unknown as { _toCloudFormation(): object };
  // As the file has it: properties without a value aren't in it.
  return JSON.parse(JSON.stringify(stack.resolve(_toCloudFormation.call(resource)).Resources ?? {}));
}
