import type { ResidencyBoundary } from '../boundary/boundary';
import { boundaryPolicyName } from '../contract/perimeter';
import { findRegion } from '../facts/region';
import type { RequiredBoundary } from '../guard/rule/required-boundary';
import { perimeterDocuments } from '../perimeter/organization/documents';
import type { PerimeterScope } from '../perimeter/organization/scope';
import type { DeploymentConfig } from './model/config';
import { hasEgress } from './model/egress';

/** What the documents of a deployment's perimeter derive from; none if the file declares no perimeter. */
export function perimeterScope(boundary: ResidencyBoundary, deployment: DeploymentConfig): PerimeterScope | undefined {
  const { perimeter, primaryRegion } = deployment;
  return (
    perimeter && {
      boundary,
      partition: findRegion(primaryRegion)?.partition ?? 'aws',
      organization: perimeter.organization,
      deployRoles: perimeter.deployRoles,
      hasEgress: hasEgress(deployment),
      requiresBoundary: perimeter.permissionsBoundary,
    }
  );
}

/** The permissions boundary that a file requires of every role; none if it requires none. */
export function requiredBoundary(
  boundary: ResidencyBoundary,
  deployment: DeploymentConfig | undefined,
): RequiredBoundary | undefined {
  const scope = deployment?.perimeter?.permissionsBoundary ? perimeterScope(boundary, deployment) : undefined;
  if (scope === undefined) return undefined;
  const documents = perimeterDocuments(scope).filter(({ kind }) => kind === 'permissions-boundary');
  return { policyName: boundaryPolicyName(deployment?.name), documents: documents.map(({ content }) => content) };
}
