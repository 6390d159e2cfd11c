import type { PerimeterStatement } from './document';
import { DEPLOYMENT_TAG, deployRoleArns, managementRoleArns } from './principals';
import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/**
 * The services that store a deployment's content and that RCPs support. Cognito's user pools are missing on purpose: signing in is a
 * request without a principal, which such a statement would refuse.
 */
const SERVICES = ['dynamodb:*', 'ecr:*', 'kms:*', 'logs:*', 's3:*', 'secretsmanager:*', 'sqs:*'];

/** Denies access to resources by principals outside the organization. */
export function resourceTopic(scope: PerimeterScope): Topic {
  const denyAll = (sid: string, denial: Omit<PerimeterStatement, 'Sid' | 'Effect' | 'Principal'>) =>
    deny(sid, { Principal: '*', ...denial });
  const outsider = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': scope.organization } };
  const noService = { BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } };
  const managed = managementRoleArns(scope);
  return {
    refuses: 'access by principals outside the organization, and by AWS services on behalf of accounts outside it',
    statements: [
      denyAll('Outsiders', {
        Action: [...SERVICES, 'sts:AssumeRole', 'sts:SetContext'],
        Condition: { ...outsider, ...noService },
      }),
      denyAll('ConfusedDeputy', {
        Action: [...SERVICES, 'sts:AssumeRole'],
        Condition: {
          StringNotEqualsIfExists: { 'aws:SourceOrgID': scope.organization },
          Null: { 'aws:SourceAccount': 'false' },
          Bool: { 'aws:PrincipalIsAWSService': 'true' },
        },
      }),
      denyAll('PlainText', {
        Action: SERVICES,
        Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } },
      }),
      denyAll('DeployRolesByServices', {
        Action: ['sts:AssumeRole'],
        Resource: [...deployRoleArns(scope), ...(scope.managementAccount === undefined ? managed : [])],
        Condition: noService,
      }),
      ...(scope.managementAccount === undefined || managed.length === 0
        ? []
        : [
            denyAll('ManagementRoles', {
              Action: ['sts:AssumeRole'],
              Resource: managed,
              Condition: {
                ...noService,
                StringNotEqualsIfExists: { 'aws:PrincipalAccount': scope.managementAccount },
              },
            }),
          ]),
      // Neither SCPs nor the account's own roles see a session that begins with a token of an identity provider.
      denyAll('DeploymentTagOfSessions', {
        Action: ['sts:TagSession'],
        Condition: { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [DEPLOYMENT_TAG] } },
      }),
    ],
  };
}
