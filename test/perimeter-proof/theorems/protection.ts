import { TAGS } from '@/lib/contract/tags';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, type Formula, matching, not, some } from '../encoding/formula';
import { ignoringCase } from '../encoding/pattern';
import { actionIn, keyArnLike, keyVariable, present, resourceLike } from '../encoding/variables';
import {
  deployedChanges,
  functionChanges,
  hookChanges,
  policyChanges,
  providerChanges,
  retentionChanges,
  roleChanges,
  trailChanges,
} from './changes';
import { isNoDeployer, isNoManager, principalArns, roleArns, type Theorem, theorem } from './theorem';

const isBoundaryPolicy = ({ partition }: PerimeterScope): string =>
  `arn:${partition}:iam::*:policy/*-residency-boundary`;

/** The roles that deploy, and that which CDK's bootstrap makes to pass them to CloudFormation. */
const passing = ({ deployRoles }: PerimeterScope): string[] => [...deployRoles, 'cdk-*-deploy-role-*'];

/** A request sets or removes the tag by which a role of a deployment is known. */
export const namesDeploymentTag: Formula = all(
  present('aws:TagKeys'),
  some(keyVariable('aws:TagKeys'), matching(keyVariable('aws:TagKeys'), ignoringCase(TAGS.deployment))),
);

export const PROTECTION_THEOREMS: readonly Theorem[] = [
  theorem('no account leaves the organization', 'scp', () => actionIn(['organizations:LeaveOrganization'])),
  theorem(
    'only the roles that deploy change roles that deploy or manage, or that pass one to CloudFormation',
    'scp',
    (scope) =>
      all(
        actionIn(roleChanges()),
        resourceLike(...roleArns(scope.partition, [...passing(scope), ...(scope.managementRoles ?? [])])),
        isNoDeployer(scope),
      ),
  ),
  theorem("only the roles that deploy and CDK's own pass a role that deploys", 'scp', (scope) =>
    all(
      actionIn(['iam:PassRole']),
      resourceLike(...roleArns(scope.partition, scope.deployRoles)),
      not(keyArnLike('aws:PrincipalArn', ...principalArns(scope.partition, passing(scope)))),
    ),
  ),
  theorem(
    'only the roles that deploy and manage pass a role that manages',
    'scp',
    (scope) =>
      all(
        actionIn(['iam:PassRole']),
        resourceLike(...roleArns(scope.partition, scope.managementRoles ?? [])),
        isNoManager(scope),
      ),
    ({ managementRoles = [] }) => managementRoles.length > 0,
  ),
  theorem(
    'only the roles that deploy pass a role of a named deployment',
    'scp',
    (scope) =>
      all(
        actionIn(['iam:PassRole']),
        resourceLike(...(scope.deployments ?? []).map((name) => `arn:${scope.partition}:iam::*:role/${name}-*`)),
        isNoDeployer(scope),
      ),
    ({ deployments = [] }) => deployments.length > 0,
  ),
  theorem('only the roles that deploy change a permissions boundary', 'scp', (scope) =>
    all(actionIn(policyChanges()), resourceLike(isBoundaryPolicy(scope)), isNoDeployer(scope)),
  ),
  theorem('only the roles that deploy remove a permissions boundary', 'scp', (scope) =>
    all(actionIn(['iam:DeleteRolePermissionsBoundary', 'iam:DeleteUserPermissionsBoundary']), isNoDeployer(scope)),
  ),
  theorem(
    'only the roles that deploy and manage make a role or user without a permissions boundary, or give one another boundary',
    'scp',
    (scope) =>
      all(
        actionIn([
          'iam:CreateRole',
          'iam:CreateUser',
          'iam:PutRolePermissionsBoundary',
          'iam:PutUserPermissionsBoundary',
        ]),
        isNoManager(scope),
        not(keyArnLike('iam:PermissionsBoundary', isBoundaryPolicy(scope))),
      ),
    ({ requiresBoundary }) => requiresBoundary === true,
  ),
  theorem('only the roles that deploy and manage change trails and hooks', 'scp', (scope) =>
    all(actionIn([...hookChanges(), ...trailChanges()]), isNoManager(scope)),
  ),
  theorem('only the roles that deploy change a provider of identities', 'scp', (scope) =>
    all(actionIn(providerChanges()), isNoDeployer(scope)),
  ),
  theorem("only the roles that deploy and manage change a hook's function", 'scp', (scope) =>
    all(
      actionIn(functionChanges()),
      resourceLike(`arn:${scope.partition}:lambda:*:*:function:*residency-hook*`),
      isNoManager(scope),
    ),
  ),
  theorem('only the roles that deploy and manage change the lifecycle or the object lock of a bucket', 'scp', (scope) =>
    all(actionIn(retentionChanges()), isNoManager(scope)),
  ),
  theorem("only the roles that deploy change a deployment's roles", 'scp', (scope) =>
    all(actionIn(roleChanges()), isNoDeployer(scope), present(`aws:ResourceTag/${TAGS.deployment}`)),
  ),
  theorem(
    "only the roles that deploy and a deployment's own change its alarms, trails, rules, keys, logs, topics, functions and firewalls",
    'scp',
    (scope) =>
      all(
        actionIn(deployedChanges()),
        isNoDeployer(scope),
        not(present(`aws:PrincipalTag/${TAGS.deployment}`)),
        present(`aws:ResourceTag/${TAGS.deployment}`),
      ),
  ),
  theorem("only the roles that deploy set or remove a deployment's tag", 'scp', (scope) =>
    all(namesDeploymentTag, isNoDeployer(scope)),
  ),
];
