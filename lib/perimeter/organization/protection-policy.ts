import { boundaryArns, DEPLOYMENT_TAG, deployRoleArns, notDeploying, passingRoleArns } from './principals';
import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/** What changes a role, or what it may do. */
const ROLE_CHANGES = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRole',
  'iam:DeleteRolePermissionsBoundary',
  'iam:DeleteRolePolicy',
  'iam:DetachRolePolicy',
  'iam:PutRolePermissionsBoundary',
  'iam:PutRolePolicy',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole',
  'iam:UpdateRoleDescription',
];

/** Changes that make alarms, evidence, keys or functions of a deployment worthless. */
const TAGGED_CHANGES = [
  'cloudwatch:DeleteAlarms',
  'cloudwatch:DisableAlarmActions',
  'cloudwatch:PutMetricAlarm',
  'cloudwatch:SetAlarmState',
  'events:DeleteRule',
  'events:DisableRule',
  'events:PutRule',
  'events:RemoveTargets',
  'kms:DisableKey',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'lambda:UpdateAlias',
  'lambda:UpdateFunction*',
  'network-firewall:Delete*',
  'network-firewall:Disassociate*',
  'network-firewall:Update*',
  'sns:DeleteTopic',
  'sns:RemovePermission',
  'sns:SetTopicAttributes',
];

/** Denies changes of what the perimeter consists of, but by the roles that deploy. */
export function protectionTopic(scope: PerimeterScope): Topic {
  const deployed = notDeploying(scope);
  const isTagged = { Null: { [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: 'false' } };
  return {
    refuses: 'changes of the perimeter itself, of trails, hooks, alarms and keys, but by the roles that deploy',
    statements: [
      deny('LeavingTheOrganization', { Action: ['organizations:LeaveOrganization'] }),
      deny('DeployRoles', { Action: ROLE_CHANGES, Resource: passingRoleArns(scope), Condition: deployed }),
      deny('PassedDeployRoles', {
        Action: ['iam:PassRole'],
        Resource: deployRoleArns(scope),
        Condition: { ArnNotLike: { 'aws:PrincipalArn': passingRoleArns(scope) } },
      }),
      deny('BoundaryPolicies', {
        Action: [
          'iam:CreatePolicy',
          'iam:CreatePolicyVersion',
          'iam:DeletePolicy',
          'iam:DeletePolicyVersion',
          'iam:SetDefaultPolicyVersion',
        ],
        Resource: boundaryArns(scope),
        Condition: deployed,
      }),
      deny('RemovedBoundaries', {
        Action: ['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary'],
        Condition: deployed,
      }),
      ...(scope.requiresBoundary
        ? [
            deny('MissingBoundaries', {
              Action: [
                'iam:CreateRole',
                'iam:CreateUser',
                'iam:PutRolePermissionsBoundary',
                'iam:PutUserPermissionsBoundary',
              ],
              Condition: {
                ArnNotLike: { ...deployed.ArnNotLike, 'iam:PermissionsBoundary': boundaryArns(scope) },
              },
            }),
          ]
        : []),
      deny('TrailsAndHooks', {
        Action: [
          'cloudformation:ActivateType',
          'cloudformation:DeactivateType',
          'cloudformation:DeregisterType',
          'cloudformation:RegisterType',
          'cloudformation:SetTypeConfiguration',
          'cloudformation:SetTypeDefaultVersion',
          'cloudtrail:DeleteTrail',
          'cloudtrail:PutEventSelectors',
          'cloudtrail:StopLogging',
          'cloudtrail:UpdateTrail',
        ],
        Condition: deployed,
      }),
      deny('DeployedRoles', { Action: ROLE_CHANGES, Condition: { ...deployed, ...isTagged } }),
      // A deployment's own roles schedule the deletion of the keys of erased members.
      deny('DeployedResources', {
        Action: TAGGED_CHANGES,
        Condition: {
          ...deployed,
          Null: { ...isTagged.Null, [`aws:PrincipalTag/${DEPLOYMENT_TAG}`]: 'true' },
        },
      }),
      // IAM compares the keys of its tags without case.
      deny('DeploymentTag', {
        Action: ['*'],
        Condition: { ...deployed, 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': [DEPLOYMENT_TAG] } },
      }),
    ],
  };
}
