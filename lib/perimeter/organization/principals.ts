import { TAGS } from '../../contract/tags';
import type { PerimeterScope } from './scope';

/** The name of every permissions boundary of a deployment ends with it. */
export const BOUNDARY_SUFFIX = '-residency-boundary';

/** The tag that every role and resource of a deployment has. */
export const DEPLOYMENT_TAG = TAGS.deployment;

/** The role that CDK's bootstrap makes for the CLI: it passes a role that deploys to CloudFormation. */
const PASSING = 'cdk-*-deploy-role-*';

/** The ARNs of the roles that deploy, in every account and with any path. */
export const deployRoleArns = ({ partition, deployRoles }: PerimeterScope): string[] =>
  deployRoles.flatMap((name) => roleArns(partition, name));

/** The ARNs of the roles that may pass a role that deploys. */
export const passingRoleArns = (scope: PerimeterScope): string[] => [
  ...deployRoleArns(scope),
  ...roleArns(scope.partition, PASSING),
];

const roleArns = (partition: string, name: string): string[] => [
  `arn:${partition}:iam::*:role/${name}`,
  `arn:${partition}:iam::*:role/*/${name}`,
];

/** The ARNs of the roles with which tools of AWS manage the accounts. */
export const managementRoleArns = ({ partition, managementRoles = [] }: PerimeterScope): string[] =>
  managementRoles.flatMap((name) => roleArns(partition, name));

/** The ARNs of the roles of named deployments. CloudFormation begins a role's name with that of its stack. */
export const deployedRoleArns = ({ partition, deployments = [] }: PerimeterScope): string[] =>
  deployments.map((name) => `arn:${partition}:iam::*:role/${name}-*`);

/** The permissions boundaries of deployments, in every account. */
export const boundaryArns = ({ partition }: PerimeterScope): string[] => [
  `arn:${partition}:iam::*:policy/*${BOUNDARY_SUFFIX}`,
];

/**
 * Matches every principal but the roles that deploy. A request without a principal's ARN matches too. Only the ARNs of roles begin with
 * `role`, so one pattern of a condition stands for every path; in a `Resource`, no wildcard may be in the type.
 */
export const notDeploying = ({ partition, deployRoles }: PerimeterScope) => notNamed(partition, deployRoles);

/** The same without the roles with which tools of AWS manage the accounts. */
export const notManaging = (scope: PerimeterScope) =>
  notNamed(scope.partition, [...scope.deployRoles, ...(scope.managementRoles ?? [])]);

/** Matches every principal but the roles that may pass a role that deploys. */
export const notPassing = ({ partition, deployRoles }: PerimeterScope) =>
  notNamed(partition, [...deployRoles, PASSING]);

const notNamed = (partition: string, names: readonly string[]) => ({
  ArnNotLike: { 'aws:PrincipalArn': names.map((name) => `arn:${partition}:iam::*:role*/${name}`) },
});
