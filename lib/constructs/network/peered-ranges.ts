import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { isRangeWithin, PRIVATE_RANGES } from '../../boundary/address';

/**
 * The ranges of the networks that are joined to an existing VPC; all must be private.
 *
 * @throws without a VPC, or if a range isn't private
 */
export function peeredRanges(
  scope: Construct,
  { vpc, peeredRanges: ranges = [] }: { readonly vpc?: ec2.IVpc; readonly peeredRanges?: string[] },
): string[] {
  if (ranges.length > 0 && vpc === undefined) {
    throw new Error(
      `${scope.node.path}: 'peeredRanges' needs 'vpc' because the foundation's own VPC isn't joined to another network, got ` +
        `'${ranges.join(', ')}'; pass the VPC that is, or leave out 'peeredRanges'`,
    );
  }
  const refused = ranges.find((range) => !isRangeWithin(range, PRIVATE_RANGES));
  if (refused === undefined) return ranges;
  throw new Error(
    `${scope.node.path}: 'peeredRanges' must be private ranges because others belong to the internet, got '${refused}'; ` +
      `name ranges within ${PRIVATE_RANGES.join(', ')}`,
  );
}
