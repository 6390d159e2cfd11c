import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { DEFAULT_DEPLOY_ROLES } from '@/lib/config/schema/perimeter';
import type { PolicyDocument } from '@/lib/perimeter/organization/document';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import type { PerimeterScope } from '@/lib/perimeter/organization/scope';

export const ORGANIZATION = 'o-exampleorgid';

/** The documents of a perimeter in IAM's language, and what they derive from. */
export interface ProofSet {
  readonly name: string;
  readonly scope: PerimeterScope;
  readonly documents: readonly PolicyDocument[];
}

export function proofSet(name: string, scope: PerimeterScope): ProofSet {
  const documents = perimeterDocuments(scope).filter((one): one is PolicyDocument => 'Statement' in one.content);
  return { name, scope, documents };
}

/** The parts of a perimeter that name roles of AWS's tools and deployments. */
const MANAGED = {
  managementRoles: ['AWSControlTowerExecution', 'stacksets-exec-*'],
  managementAccount: '000011112222',
  deployments: ['exemple'],
};

const YES_AND_NO = [true, false];

/**
 * A perimeter of the whole EU: in each partition, with and without an egress, with and without a boundary that every role must have. With
 * one, roles of AWS's tools and deployments are named too.
 */
export const SETS: readonly ProofSet[] = ['aws', 'aws-eusc'].flatMap((partition) =>
  YES_AND_NO.flatMap((hasEgress) =>
    YES_AND_NO.map((requiresBoundary) =>
      proofSet(
        `${partition}, ${hasEgress ? 'with' : 'without'} egress, ${requiresBoundary ? 'a boundary on every role' : 'no boundary required'}`,
        {
          boundary: ResidencyBoundary.eu(),
          partition,
          organization: ORGANIZATION,
          deployRoles: DEFAULT_DEPLOY_ROLES,
          hasEgress,
          requiresBoundary,
          ...(requiresBoundary && MANAGED),
        },
      ),
    ),
  ),
);
