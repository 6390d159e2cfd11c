import { Names, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * A name for the role of a construct, so that a policy of another stack can name the role before it is created. Role
 * names are unique in the whole account, so this one ends in the Region.
 */
export function roleNameOf(scope: Construct): string {
  const { region } = Stack.of(scope);
  return `${Names.uniqueResourceName(scope, { maxLength: 63 - region.length, separator: '-' })}-${region}`;
}
