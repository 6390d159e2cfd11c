import { TAGS } from '@/lib/contract/tags';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, type Formula, matching, not, some } from '../encoding/formula';
import { ignoringCase } from '../encoding/pattern';
import { actionIn, keyArnLike, keyVariable, present, resourceLike } from '../encoding/variables';
import { isNoDeployer, roleArns, type Theorem, theorem } from './theorem';

const isBoundaryPolicy = ({ partition }: PerimeterScope): string =>
  `arn:${partition}:iam::*:policy/*-residency-boundary`;

/** The roles that deploy, and that which CDK's bootstrap makes to pass them to CloudFormation. */
const passing = ({ partition, deployRoles }: PerimeterScope): string[] =>
  roleArns(partition, [...deployRoles, 'cdk-*-deploy-role-*']);

/** A request sets or removes the tag by which a role of a deployment is known. */
export const namesDeploymentTag: Formula = all(
  present('aws:TagKeys'),
  some(keyVariable('aws:TagKeys'), matching(keyVariable('aws:TagKeys'), ignoringCase(TAGS.deployment))),
);

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

export const PROTECTION_THEOREMS: readonly Theorem[] = [
  theorem('no account leaves the organization', 'scp', () => actionIn(['organizations:LeaveOrganization'])),
  theorem('only the roles that deploy change roles that deploy, or that pass one to CloudFormation', 'scp', (scope) =>
    all(actionIn(ROLE_CHANGES), resourceLike(...passing(scope)), isNoDeployer(scope)),
  ),
  theorem("only the roles that deploy and CDK's own pass a role that deploys", 'scp', (scope) =>
    all(
      actionIn(['iam:PassRole']),
      resourceLike(...roleArns(scope.partition, scope.deployRoles)),
      not(keyArnLike('aws:PrincipalArn', ...passing(scope))),
    ),
  ),
  theorem('only the roles that deploy change a permissions boundary', 'scp', (scope) =>
    all(
      actionIn([
        'iam:CreatePolicy',
        'iam:CreatePolicyVersion',
        'iam:DeletePolicy',
        'iam:DeletePolicyVersion',
        'iam:SetDefaultPolicyVersion',
      ]),
      resourceLike(isBoundaryPolicy(scope)),
      isNoDeployer(scope),
    ),
  ),
  theorem('only the roles that deploy remove a permissions boundary', 'scp', (scope) =>
    all(actionIn(['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary']), isNoDeployer(scope)),
  ),
  theorem(
    'only the roles that deploy make a role or user without a permissions boundary, or give one another boundary',
    'scp',
    (scope) =>
      all(
        actionIn([
          'iam:CreateRole',
          'iam:CreateUser',
          'iam:PutRolePermissionsBoundary',
          'iam:PutUserPermissionsBoundary',
        ]),
        isNoDeployer(scope),
        not(keyArnLike('iam:PermissionsBoundary', isBoundaryPolicy(scope))),
      ),
    ({ requiresBoundary }) => requiresBoundary === true,
  ),
  theorem('only the roles that deploy change trails and hooks', 'scp', (scope) =>
    all(
      actionIn([
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
      ]),
      isNoDeployer(scope),
    ),
  ),
  theorem("only the roles that deploy change a deployment's roles", 'scp', (scope) =>
    all(actionIn(ROLE_CHANGES), isNoDeployer(scope), present(`aws:ResourceTag/${TAGS.deployment}`)),
  ),
  theorem(
    "only the roles that deploy and a deployment's own change its alarms, rules, keys, topics, functions and firewalls",
    'scp',
    (scope) =>
      all(
        actionIn([
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
        ]),
        isNoDeployer(scope),
        not(present(`aws:PrincipalTag/${TAGS.deployment}`)),
        present(`aws:ResourceTag/${TAGS.deployment}`),
      ),
  ),
  theorem("only the roles that deploy set or remove a deployment's tag", 'scp', (scope) =>
    all(namesDeploymentTag, isNoDeployer(scope)),
  ),
];
