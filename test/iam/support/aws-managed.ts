import type { Json } from './physical';

/** AWS's own policies that functions of the templates have, by the part of their ARN after the partition. */
export const AWS_MANAGED: Readonly<Record<string, Json>> = {
  // Version 1, which has been the default since 2015 (github.com/zoph-io/MAMIP/blob/master/policies/AWSLambdaBasicExecutionRole).
  'iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  },
};
