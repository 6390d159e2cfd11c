import type { ResidencyBoundary } from '../boundary/boundary';
import { boundaryPolicyName } from '../contract/perimeter';
import { findRegion } from '../facts/region';
import type { RequiredBoundary } from '../guard/rule/required-boundary';
import { permissionsBoundary } from '../perimeter/organization/permissions-boundary';
import type { PerimeterScope } from '../perimeter/organization/scope';
import type { DeploymentConfig, ResidencyConfig } from './model/config';
import { hasEgress } from './model/egress';
import type { PerimeterConfig } from './model/perimeter';

/** The partitions in which a boundary can have Regions. */
const PARTITIONS = ['aws', 'aws-eusc'];

/** A file that declares a perimeter, with or without something to deploy. */
type Declared = Pick<ResidencyConfig, 'boundary' | 'deployment'> & { readonly perimeter: PerimeterConfig };

/**
 * What the documents of a file's perimeter derive from.
 *
 * @param partition by default that of the deployment
 */
export const perimeterScope = ({ boundary, perimeter, deployment }: Declared, partition?: string): PerimeterScope => ({
  boundary,
  partition: partition ?? partitionOf(deployment) ?? 'aws',
  organization: perimeter.organization,
  deployRoles: perimeter.deployRoles,
  ...(perimeter.managementRoles !== undefined && { managementRoles: perimeter.managementRoles }),
  ...(perimeter.managementAccount !== undefined && { managementAccount: perimeter.managementAccount }),
  deployments: [...new Set([...(deployment === undefined ? [] : [deployment.name]), ...(perimeter.deployments ?? [])])],
  guardrails: perimeter.guardrails,
  hasEgress: perimeter.egress ?? (deployment !== undefined && hasEgress(deployment)),
  requiresBoundary: perimeter.permissionsBoundary,
});

/** The permissions boundary that a file requires of every role; none if it requires none. */
export function requiredBoundary(
  boundary: ResidencyBoundary,
  perimeter: PerimeterConfig | undefined,
  deployment: DeploymentConfig | undefined,
): RequiredBoundary | undefined {
  if (!perimeter?.permissionsBoundary) return undefined;
  const own = partitionOf(deployment);
  const documents = (own === undefined ? PARTITIONS : [own])
    .filter((partition) => boundary.regionCodes(partition).length > 0)
    // Only this document: whether AWS can attach the others doesn't matter to the roles.
    .map((partition) => permissionsBoundary(perimeterScope({ boundary, perimeter, deployment }, partition)));
  return { policyName: boundaryPolicyName(deployment?.name), documents: documents.map(({ content }) => content) };
}

const partitionOf = (deployment: DeploymentConfig | undefined) =>
  findRegion(deployment?.primaryRegion ?? '')?.partition;
