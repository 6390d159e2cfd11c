import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * The zones of a Region's networks by default. Which zones offer an endpoint differs by account, because each account
 * has its own letters for them, so it is known only by asking the account: `doctor` does.
 */
export const defaultZones = (region: string): string[] => ['a', 'b'].map((letter) => `${region}${letter}`);

/** Every zone that a Region can have: a stack has to know the zones of its VPCs, and CDK looks up those of others. */
export const possibleZones = (region: string): string[] => [...'abcdef'].map((letter) => `${region}${letter}`);

/**
 * The zones of a new VPC.
 *
 * @throws if they aren't two or three different zones of the stack's Region
 */
export function requireZones(scope: Construct, given: string[] | undefined): string[] {
  const { region } = Stack.of(scope);
  if (given === undefined) return defaultZones(region);
  const known = possibleZones(region);
  if ([2, 3].includes(new Set(given).size) && given.length <= 3 && given.every((zone) => known.includes(zone))) {
    return given;
  }
  throw new Error(
    `${scope.node.path}: 'availabilityZones' must be two or three zones of ${region}, each once, because a VPC serves its own Region and ` +
      `one zone may fail, got ${given.length === 0 ? 'none' : `'${given.join(', ')}'`}; use zones such as ${defaultZones(region).join(', ')}`,
  );
}
