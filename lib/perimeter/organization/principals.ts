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

/** The permissions boundaries of deployments, in every account. */
export const boundaryArns = ({ partition }: PerimeterScope): string[] => [
  `arn:${partition}:iam::*:policy/*${BOUNDARY_SUFFIX}`,
];

/** Matches every principal but the roles that deploy. A request without a principal's ARN matches too. */
export const notDeploying = (scope: PerimeterScope) => ({
  ArnNotLike: { 'aws:PrincipalArn': deployRoleArns(scope) },
});
