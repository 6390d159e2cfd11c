import { admittedProfiles } from './admitted-profiles';
import type { PolicyDocument } from './document';
import { type PerimeterScope, regionsOf } from './scope';
import { deny } from './statement';

/**
 * What the roles of a deployment call. IAM isn't among them, so no such role removes a boundary. Of what shares or copies, there are only
 * the policies of log groups, which Step Functions needs for the logs of a state machine, and the replication of objects to a Region for
 * recovery.
 */
export const ROLE_ACTIONS: readonly string[] = [
  'bedrock:ApplyGuardrail',
  'bedrock:Get*',
  'bedrock:InvokeModel',
  'bedrock:InvokeModelWithResponseStream',
  'bedrock:PutAccountDataRetention',
  'cognito-idp:Admin*',
  'cognito-idp:ListUsers*',
  'dynamodb:*Item',
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  'dynamodb:Query',
  'dynamodb:Scan',
  'ec2:*PrivateIpAddresses',
  'ec2:*SecurityGroup*gress',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'events:PutEvents',
  'execute-api:Invoke',
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey*',
  'kms:GetPublicKey',
  'kms:ReEncrypt*',
  'kms:ScheduleKeyDeletion',
  'kms:Sign',
  'lambda:InvokeFunction',
  'logs:*LogDelivery',
  'logs:CreateLog*',
  'logs:Describe*',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:ListLogDeliveries',
  'logs:PutLogEvents',
  'logs:PutResourcePolicy',
  's3:DeleteObject*',
  's3:GetObject*',
  's3:GetReplicationConfiguration',
  's3:ListBucket*',
  's3:PutObject',
  's3:PutObjectRetention',
  's3:PutObjectTagging',
  's3:Replicate*',
  'secretsmanager:DescribeSecret',
  'secretsmanager:*SecretValue',
  'sns:Publish',
  'states:ListExecutions',
  'states:StartExecution',
];

/** Those of them that name the model, profile or guardrail that receives content. */
const NAMING = ['bedrock:ApplyGuardrail', 'bedrock:InvokeModel*'];

/**
 * The permissions boundary of each role: it limits roles in accounts that no SCP reaches, too. It denies explicitly, because a resource's
 * policy can allow what a boundary merely leaves out.
 */
export function permissionsBoundary(scope: PerimeterScope): PolicyDocument {
  const { partition } = scope;
  const regions = regionsOf(scope);
  return {
    kind: 'permissions-boundary',
    name: 'permissions-boundary',
    description: 'Limits every role of a deployment to the actions that it needs, inside the boundary.',
    content: {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'BoundaryActions', Effect: 'Allow', Action: ROLE_ACTIONS, Resource: ['*'] },
        // No exempt actions: the roles need no control plane.
        deny('BoundaryRegionsOutside', {
          Action: ['*'],
          Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
        }),
        deny('BoundaryModelsOutside', {
          Action: NAMING,
          NotResource: regions.map((region) => `arn:${partition}:bedrock:${region}:*:*`),
        }),
        deny('BoundaryProfilesOutside', {
          Action: NAMING,
          NotResource: [
            ...admittedProfiles(scope, ['inference', 'guardrail']),
            ...['foundation-model', 'guardrail'].map((path) => `arn:${partition}:bedrock:*:*:${path}/*`),
          ],
        }),
      ],
    },
  };
}
