import type { ResidencyBoundary } from '../../boundary/boundary';

/** What the documents of a perimeter derive from: a boundary, in one partition, for one organization. */
export interface PerimeterScope {
  readonly boundary: ResidencyBoundary;
  /** `aws` or `aws-eusc`. */
  readonly partition: string;
  /** The ID of the organization, `o-` and letters and digits. */
  readonly organization: string;
  /**
   * The names of the roles that deploy, in every account; `*` stands for any text. Only they manage Bedrock's settings, and what a perimeter
   * consists of.
   */
  readonly deployRoles: readonly string[];
  /**
   * The names of the roles with which tools of AWS manage the accounts, such as `AWSControlTowerExecution`; `*` stands for any text. They set
   * up accounts, but nothing exempts them from the Regions, Bedrock, gateways or what a deployment has made. Its buckets are the exception: S3
   * doesn't decide by their tags, so these roles may change the policies, lifecycles and notifications of all buckets.
   *
   * @default - none
   */
  readonly managementRoles?: readonly string[];
  /**
   * The ID of the management account, from which such roles are assumed.
   *
   * @default - only AWS services assume them
   */
  readonly managementAccount?: string;
  /**
   * The names of deployments in the organization, with which the names of their roles begin.
   *
   * @default - none
   */
  readonly deployments?: readonly string[];
  /** Whether deployments have an egress, whose network reaches hosts outside AWS. */
  readonly hasEgress: boolean;
  /**
   * Guardrails of the management account that every call of a model must pass: ARN, colon, version.
   *
   * @default - none
   */
  readonly guardrails?: readonly string[];
  /**
   * Whether every role must have the perimeter's permissions boundary.
   *
   * @default false
   */
  readonly requiresBoundary?: boolean;
}

/** The Regions that every document allows, sorted. */
export const regionsOf = ({ boundary, partition }: PerimeterScope): string[] => boundary.regionCodes(partition);
