import {
  boundaryArns,
  deployedRoleArns,
  deployRoleArns,
  managementRoleArns,
  notDeploying,
  notManaging,
  notPassing,
  passingRoleArns,
} from './principals';
import type { PerimeterScope } from './scope';
import { deny, type Topic } from './statement';

/** What changes a role, or what it may do. */
export const ROLE_CHANGES = [
  'iam:AttachRolePolicy',
  'iam:CreateRole',
  'iam:DeleteRole*',
  'iam:DetachRolePolicy',
  'iam:PutRole*',
  'iam:TagRole',
  'iam:UntagRole',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateRole*',
];

/** What decides whose tokens let a federated role be assumed. */
const PROVIDER_CHANGES = [
  'iam:AddClientID*',
  'iam:CreateOpenID*',
  'iam:CreateSAML*',
  'iam:DeleteOpenID*',
  'iam:DeleteSAML*',
  'iam:RemoveClientID*',
  'iam:UpdateOpenID*',
  'iam:UpdateSAML*',
];

/** Denies changes of the roles that deploy, of boundaries and of who can be a role, but by the roles that deploy. */
export function identityTopic(scope: PerimeterScope): Topic {
  const deployed = notDeploying(scope);
  return {
    refuses:
      'changes of the roles that deploy, of permissions boundaries and of providers of identities, but by the roles that deploy',
    statements: [
      deny('LeavingTheOrganization', { Action: ['organizations:LeaveOrganization'] }),
      deny('DeployRoles', {
        Action: ROLE_CHANGES,
        Resource: [...passingRoleArns(scope), ...managementRoleArns(scope)],
        Condition: deployed,
      }),
      deny('PassedDeployRoles', {
        Action: ['iam:PassRole'],
        Resource: deployRoleArns(scope),
        Condition: notPassing(scope),
      }),
      ...(managementRoleArns(scope).length > 0
        ? [
            // Tools pass roles of their own, whose names such a pattern may cover.
            deny('PassedManagementRoles', {
              Action: ['iam:PassRole'],
              Resource: managementRoleArns(scope),
              Condition: notManaging(scope),
            }),
          ]
        : []),
      ...(deployedRoleArns(scope).length > 0
        ? [
            // IAM has no reliable tag of the role for this action, so its name decides.
            deny('PassedDeployedRoles', {
              Action: ['iam:PassRole'],
              Resource: deployedRoleArns(scope),
              Condition: deployed,
            }),
          ]
        : []),
      deny('BoundaryPolicies', {
        Action: ['iam:CreatePolicy*', 'iam:DeletePolicy*', 'iam:SetDefaultPolicyVersion'],
        Resource: boundaryArns(scope),
        Condition: deployed,
      }),
      deny('Identities', {
        Action: ['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary', ...PROVIDER_CHANGES],
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
                ArnNotLike: { ...notManaging(scope).ArnNotLike, 'iam:PermissionsBoundary': boundaryArns(scope) },
              },
            }),
          ]
        : []),
    ],
  };
}
