import type { PerimeterScope } from '@/lib/perimeter/organization/scope';
import { all, type Formula, not } from '../encoding/formula';
import { actionIn, keyIs, present, resourceLike } from '../encoding/variables';
import { namesDeploymentTag } from './protection';
import { roleArns, type Theorem, theorem } from './theorem';

/** The services whose resources a resource control policy protects. */
export const STORES: readonly string[] = [
  'dynamodb:*',
  'ecr:*',
  'kms:*',
  'logs:*',
  's3:*',
  'secretsmanager:*',
  'sqs:*',
];

/** The principal is an AWS service that calls by itself. */
const IS_SERVICE = keyIs('aws:PrincipalIsAWSService', 'true');

const isOurs =
  (key: string) =>
  (scope: PerimeterScope): Formula =>
    keyIs(key, scope.organization);
const isMember = isOurs('aws:PrincipalOrgID');

export const RESOURCE_THEOREMS: readonly Theorem[] = [
  theorem(
    'no principal outside the organization reaches stored content, and none without an organization',
    'rcp',
    (scope) => all(actionIn(STORES), not(isMember(scope)), not(IS_SERVICE)),
  ),
  theorem('no principal outside the organization assumes a role', 'rcp', (scope) =>
    all(actionIn(['sts:AssumeRole', 'sts:SetContext']), not(isMember(scope)), not(IS_SERVICE)),
  ),
  theorem(
    'no AWS service reaches stored content or assumes a role for an account outside the organization',
    'rcp',
    (scope) =>
      all(
        actionIn([...STORES, 'sts:AssumeRole']),
        IS_SERVICE,
        present('aws:SourceAccount'),
        present('aws:SourceOrgID'),
        not(isOurs('aws:SourceOrgID')(scope)),
      ),
  ),
  theorem('no AWS service reaches stored content or assumes a role for an account without an organization', 'rcp', () =>
    all(
      actionIn([...STORES, 'sts:AssumeRole']),
      IS_SERVICE,
      present('aws:SourceAccount'),
      not(present('aws:SourceOrgID')),
    ),
  ),
  theorem('no stored content is reached without TLS', 'rcp', () =>
    all(actionIn(STORES), not(keyIs('aws:SecureTransport', 'true'))),
  ),
  theorem('nothing but an AWS service assumes a role that deploys', 'rcp', ({ partition, deployRoles }) =>
    all(actionIn(['sts:AssumeRole']), resourceLike(...roleArns(partition, deployRoles)), not(IS_SERVICE)),
  ),
  theorem(
    'nothing but an AWS service and the management account assumes a role that manages',
    'rcp',
    ({ partition, managementRoles = [], managementAccount = '' }) =>
      all(
        actionIn(['sts:AssumeRole']),
        resourceLike(...roleArns(partition, managementRoles)),
        not(IS_SERVICE),
        not(keyIs('aws:PrincipalAccount', managementAccount)),
      ),
    ({ managementRoles = [] }) => managementRoles.length > 0,
  ),
  theorem("no session gives itself a deployment's tag", 'rcp', () =>
    all(actionIn(['sts:TagSession']), namesDeploymentTag),
  ),
];
