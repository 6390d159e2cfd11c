import { admittedProfiles } from './admitted-profiles';
import type { PolicyDocument } from './document';
import { GLOBAL_ACTIONS } from './global-actions';
import { type PerimeterScope, regionsOf } from './scope';
import { deny } from './statement';

/** The services that the roles of a deployment call. IAM isn't among them, so no such role removes its own boundary. */
const SERVICES = [
  'bedrock:*',
  'cloudformation:*',
  'cloudwatch:*',
  'cognito-idp:*',
  'dynamodb:*',
  'ec2:*',
  'events:*',
  'kms:*',
  'lambda:*',
  'logs:*',
  's3:*',
  'secretsmanager:*',
  'sns:*',
  'sqs:*',
  'states:*',
  'sts:*',
  'xray:*',
];

/** The permissions boundary of each role: it limits roles in accounts that no SCP reaches, too. */
export function permissionsBoundary(scope: PerimeterScope): PolicyDocument {
  const { partition } = scope;
  return {
    kind: 'permissions-boundary',
    name: 'permissions-boundary',
    description: 'Limits every role of a deployment to the services that it needs, inside the boundary.',
    content: {
      Version: '2012-10-17',
      Statement: [
        { Sid: 'BoundaryServices', Effect: 'Allow', Action: SERVICES, Resource: ['*'] },
        deny('BoundaryRegionsOutside', {
          NotAction: GLOBAL_ACTIONS.map(({ action }) => action),
          Condition: { StringNotEquals: { 'aws:RequestedRegion': regionsOf(scope) } },
        }),
        deny('BoundaryProfilesOutside', {
          Action: ['bedrock:ApplyGuardrail', 'bedrock:InvokeModel*'],
          NotResource: [
            ...admittedProfiles(scope, ['inference', 'guardrail']),
            ...regionsOf(scope).flatMap((region) =>
              ['foundation-model', 'guardrail'].map((path) => `arn:${partition}:bedrock:${region}:*:${path}/*`),
            ),
          ],
        }),
      ],
    },
  };
}
