import type { Row } from './row';
import { LOG } from './shared-rows';

/** CDK's function that empties the default security group of the egress network. Its log group is Lambda's own, which Lambda creates. */
export const DEFAULT_GROUP: readonly Row[] = [
  { ...LOG, commands: ['CreateLogGroup', ...LOG.commands] },
  {
    by: 'CDK',
    commands: [
      'AuthorizeSecurityGroupEgress',
      'AuthorizeSecurityGroupIngress',
      'RevokeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
    ],
    on: ({ account }) => account.defaultGroups,
  },
];
