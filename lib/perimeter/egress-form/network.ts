import { checkEndpoint, type EndpointForm } from './endpoint';
import { checkFirewalls, checkNames } from './filters';
import { attribute, type EgressTemplate } from './template';
import { checkZones } from './zones';

/**
 * Checks that a VPC of a template is an egress network: its routes, firewalls, names, and endpoint.
 *
 * @param vpc its logical ID
 * @param names the hosts that it reaches
 * @param endpoint its endpoint of Secrets Manager, and the name of the endpoint; none if clients read no secrets
 */
export function checkNetwork(
  template: EgressTemplate,
  vpc: string,
  names: readonly string[],
  endpoint?: EndpointForm & { readonly hostName: string },
): void {
  template.requireForm(vpc, 'the VPC', 'AWS::EC2::VPC', {});
  template.requireOnly(vpc, 'CidrBlock', 'EnableDnsHostnames', 'EnableDnsSupport', 'InstanceTenancy');
  checkFirewalls(template, vpc, checkZones(template, vpc), names);
  if (endpoint) checkEndpoint(template, vpc, endpoint);
  checkNames(template, vpc, endpoint ? [...names, endpoint.hostName] : names);
  template.only('a closed default security group', 'resources in it could send', 'Custom::VpcRestrictDefaultSG', {
    DefaultSecurityGroupId: attribute(vpc, 'DefaultSecurityGroup'),
  });
}
