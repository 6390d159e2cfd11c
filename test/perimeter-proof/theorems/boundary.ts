import { not } from '../encoding/formula';
import { actionIn } from '../encoding/variables';
import { type Theorem, theorem } from './theorem';

export const BOUNDARY_THEOREMS: readonly Theorem[] = [
  theorem(
    'a role under the permissions boundary uses only services that deployments need, and not IAM',
    'permissions-boundary',
    () =>
      not(
        actionIn(
          [
            'bedrock',
            'cloudformation',
            'cloudwatch',
            'cognito-idp',
            'dynamodb',
            'ec2',
            'events',
            'kms',
            'lambda',
            'logs',
            's3',
            'secretsmanager',
            'sns',
            'sqs',
            'states',
            'sts',
            'xray',
          ].map((service) => `${service}:*`),
        ),
      ),
  ),
];
