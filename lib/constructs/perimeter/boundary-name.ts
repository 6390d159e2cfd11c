import type { IConstruct } from 'constructs';
import { BOUNDARY_SUFFIX } from '../../perimeter/organization/principals';

/**
 * The name of a permissions boundary, if the organization's policies protect a policy of that name.
 *
 * @throws if it isn't a policy's name, or the policies of the organization wouldn't know it as a boundary
 */
export function requireBoundaryName(scope: IConstruct, policyName: string): string {
  const where = scope.node.path || 'the app';
  if (!/^[\w+=,.@-]{1,128}$/.test(policyName)) {
    throw new Error(
      `${where}: 'policyName' must be the name of a managed policy, of at most 128 letters, digits and ` +
        `characters of '+=,.@_-', got '${policyName}'; use the 'policyName' of your PerimeterStack, without a path`,
    );
  }
  // With another name, every role could change the policy, and none could be created with it.
  if (!policyName.endsWith(BOUNDARY_SUFFIX) || policyName === BOUNDARY_SUFFIX) {
    throw new Error(
      `${where}: 'policyName' must end with '${BOUNDARY_SUFFIX}', got '${policyName}'; the organization's policies protect only ` +
        `permissions boundaries with such a name: take for example 'eu${BOUNDARY_SUFFIX}'`,
    );
  }
  return policyName;
}
