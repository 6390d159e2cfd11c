import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { possibleZones } from '../network/zones';

/**
 * The zones of an egress network. One is allowed, unlike for other networks: each zone has a firewall and a NAT gateway, which are
 * billed by the hour.
 *
 * @throws if they aren't one, two or three different zones of the stack's Region
 */
export function requireEgressZones(scope: Construct, given: string[] | undefined): string[] {
  const { region } = Stack.of(scope);
  const known = possibleZones(region);
  const zones = given ?? known.slice(0, 2);
  const isDistinct = new Set(zones).size === zones.length;
  if (zones.length >= 1 && zones.length <= 3 && isDistinct && zones.every((zone) => known.includes(zone))) {
    // Another order of the same zones must not change the subnets.
    return [...zones].sort();
  }
  throw new Error(
    `${scope.node.path}: 'availabilityZones' must be one to three zones of ${region}, each once, because a VPC serves its own Region, got ` +
      `${zones.length === 0 ? 'none' : `'${zones.join(', ')}'`}; use zones such as ${known.slice(0, 2).join(', ')}`,
  );
}
