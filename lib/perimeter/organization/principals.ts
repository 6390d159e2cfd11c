import { TAGS } from '../../contract/tags';
import type { PerimeterScope } from './scope';

/** The name of every permissions boundary of a deployment ends with it. */
export const BOUNDARY_SUFFIX = '-residency-boundary';

/** The tag that every role and resource of a deployment has. */
export const DEPLOYMENT_TAG = TAGS.deployment;

/** The ARNs of the roles that deploy, in every account and with any path. */
export const deployRoleArns = ({ partition, deployRoles }: PerimeterScope): string[] =>
  deployRoles.flatMap((name) => [`arn:${partition}:iam::*:role/${name}`, `arn:${partition}:iam::*:role/*/${name}`]);

/** The permissions boundaries of deployments, in every account. */
export const boundaryArns = ({ partition }: PerimeterScope): string[] => [
  `arn:${partition}:iam::*:policy/*${BOUNDARY_SUFFIX}`,
];

/** Matches every principal but the roles that deploy. A request without a principal's ARN matches too. */
export const notDeploying = (scope: PerimeterScope) => ({
  ArnNotLike: { 'aws:PrincipalArn': deployRoleArns(scope) },
});
