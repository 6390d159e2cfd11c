import { Names, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * A name for the role of a construct, which a policy of another stack can have in it before the role is made. Roles are of the whole
 * account, so it ends in the Region.
 */
export function roleNameOf(scope: Construct): string {
  const { region } = Stack.of(scope);
  return `${Names.uniqueResourceName(scope, { maxLength: 63 - region.length, separator: '-' })}-${region}`;
}
