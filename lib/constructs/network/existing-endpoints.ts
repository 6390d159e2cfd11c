import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { EndpointService } from './endpoint-service';

/**
 * The endpoints that an existing VPC already has.
 *
 * @throws without an existing VPC
 */
export function existingEndpoints(
  scope: Construct,
  {
    vpc,
    existingEndpoints: existing = [],
  }: { readonly vpc?: ec2.IVpc; readonly existingEndpoints?: EndpointService[] },
): readonly EndpointService[] {
  if (existing.length === 0 || vpc !== undefined) return existing;
  throw new Error(
    `${scope.node.path}: 'existingEndpoints' needs 'vpc' because a new VPC has no endpoints, got '${existing.join(', ')}'; pass the VPC ` +
      "that has them, or leave out 'existingEndpoints'",
  );
}
