import { isDeepStrictEqual } from 'node:util';
import { type EgressTemplate, ref } from './template';

/** What an endpoint of Secrets Manager must be, as its template has it. */
export interface EndpointForm {
  readonly serviceName: unknown;
  /** The only statements of its policy. */
  readonly statements: readonly unknown[];
}

const TYPE = 'AWS::EC2::VPCEndpoint';

/** The only properties that an interface endpoint may have: another one could widen it. */
export const ENDPOINT_PROPERTIES = [
  'PolicyDocument',
  'PrivateDnsEnabled',
  'SecurityGroupIds',
  'ServiceName',
  'SubnetIds',
  'VpcEndpointType',
  'VpcId',
] as const;

/**
 * Checks the only endpoint of the VPC: of Secrets Manager, in the client subnets, and for the listed secrets alone. Any other use of the
 * VPC by an endpoint is refused as a use by others.
 */
export function checkEndpoint(template: EgressTemplate, vpc: string, { serviceName, statements }: EndpointForm): void {
  const endpoint = template.only('an endpoint of Secrets Manager', 'clients read their keys through it', TYPE, {
    VpcId: ref(vpc),
    ServiceName: serviceName,
  });
  if (endpoint === undefined) return;
  template.requireForm(endpoint, 'the endpoint of Secrets Manager, which serves the listed secrets,', TYPE, {
    PolicyDocument: { Statement: statements, Version: '2012-10-17' },
    PrivateDnsEnabled: true,
    VpcEndpointType: 'Interface',
  });
  const { SubnetIds } = template.properties(endpoint);
  template.require(
    isDeepStrictEqual(SubnetIds, [...template.clients].map(ref)),
    `the endpoint of Secrets Manager must be in the client subnets, got ${JSON.stringify(SubnetIds)}`,
  );
  template.requireOnly(endpoint, ...ENDPOINT_PROPERTIES);
}
