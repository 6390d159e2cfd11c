import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { isRangeWithin, PRIVATE_RANGES } from '../../boundary/address';

/** The ranges of networks that a given VPC is joined to; each must be of private addresses. */
export function peeredRanges(
  scope: Construct,
  { vpc, peeredRanges: ranges = [] }: { readonly vpc?: ec2.IVpc; readonly peeredRanges?: string[] },
): string[] {
  if (ranges.length > 0 && vpc === undefined) {
    throw new Error(
      `${scope.node.path}: 'peeredRanges' needs 'vpc', because the VPC that is made here is joined to no other network, got ` +
        `'${ranges.join(', ')}'; give the VPC that is, or leave 'peeredRanges' out`,
    );
  }
  const wide = ranges.find((range) => !isRangeWithin(range, PRIVATE_RANGES));
  if (wide === undefined) return ranges;
  throw new Error(
    `${scope.node.path}: 'peeredRanges' must be ranges of private addresses, because the internet is in no other, got '${wide}'; ` +
      `name ranges within ${PRIVATE_RANGES.join(', ')}`,
  );
}
