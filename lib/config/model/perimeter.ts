import { DEFAULT_DEPLOY_ROLES } from '../schema/perimeter';
import type { ResidencyFile } from '../schema/schema';

/** An organization's perimeter, with its defaults. */
export interface PerimeterConfig {
  /** The organization's ID. */
  readonly organization: string;
  /** The names of the roles that deploy; `*` stands for any text. */
  readonly deployRoles: readonly string[];
  /** The names of the roles with which AWS's tools set up accounts; `*` stands for any text. None if there are no such roles. */
  readonly managementRoles?: readonly string[];
  /** The ID of the account that assumes them; none if only AWS services do. */
  readonly managementAccount?: string;
  /** The names of deployments in addition to the file's own; none if there are no others. */
  readonly deployments?: readonly string[];
  /** Whether a deployment has an egress stack; none if only the file's own models say so. */
  readonly egress?: boolean;
  /** Guardrails of the management account that every call of a model must pass: ARN, colon, version. */
  readonly guardrails: readonly string[];
  /** Whether every role of the deployment has the permissions boundary. */
  readonly permissionsBoundary: boolean;
}

/** The perimeter that a file declares; none if it declares none. */
export function readPerimeter({ perimeter }: Pick<ResidencyFile, 'perimeter'>): PerimeterConfig | undefined {
  return (
    perimeter && {
      organization: perimeter.organization,
      deployRoles: perimeter.deployRoles ?? DEFAULT_DEPLOY_ROLES,
      ...(perimeter.managementRoles !== undefined && { managementRoles: perimeter.managementRoles }),
      ...(perimeter.managementAccount !== undefined && { managementAccount: perimeter.managementAccount }),
      ...(perimeter.deployments !== undefined && { deployments: perimeter.deployments }),
      ...(perimeter.egress !== undefined && { egress: perimeter.egress }),
      guardrails: perimeter.guardrails ?? [],
      permissionsBoundary: perimeter.permissionsBoundary ?? false,
    }
  );
}
