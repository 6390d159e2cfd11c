import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { DEFAULT_DEPLOY_ROLES } from '@/lib/config/schema/perimeter';
import type { PolicyDocument } from '@/lib/perimeter/organization/document';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { type PerimeterScope, regionsOf } from '@/lib/perimeter/organization/scope';

export const ORGANIZATION = 'o-exampleorgid';

/** The account from which Control Tower works. */
export const MANAGEMENT_ACCOUNT = '000011112222';

/** The documents of a perimeter that are in IAM's language, and what they derive from. */
export interface PerimeterSet {
  readonly name: string;
  readonly scope: PerimeterScope;
  readonly documents: readonly PolicyDocument[];
  /** The Regions inside the boundary. */
  readonly regions: readonly string[];
  /** The Region in which a row's request is, unless the row names one. */
  readonly primary: string;
}

/** @param name how findings name it */
export function perimeterSet(name: string, scope: PerimeterScope): PerimeterSet {
  const regions = regionsOf(scope);
  return {
    name,
    scope,
    regions,
    primary: regions[0] ?? '',
    documents: perimeterDocuments(scope).filter((one): one is PolicyDocument => 'Statement' in one.content),
  };
}

/** A perimeter of the whole EU in its strictest form, in each partition, with an egress and without one. */
export const SETS: readonly PerimeterSet[] = ['aws', 'aws-eusc'].flatMap((partition) =>
  [true, false].map((hasEgress) =>
    perimeterSet(`${partition}, ${hasEgress ? 'with' : 'without'} egress`, {
      boundary: ResidencyBoundary.eu(),
      partition,
      organization: ORGANIZATION,
      deployRoles: [...DEFAULT_DEPLOY_ROLES, 'AWSReservedSSO_Bootstrap_*'],
      hasEgress,
      requiresBoundary: true,
      managementRoles: ['AWSControlTowerExecution', 'stacksets-exec-*'],
      managementAccount: MANAGEMENT_ACCOUNT,
      deployments: ['exemple'],
    }),
  ),
);
