import * as iam from 'aws-cdk-lib/aws-iam';
import { Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { DEFAULT_DEPLOY_ROLES, ROLE_ALLOWED, ROLE_NAME } from '../../config/schema/perimeter';
import { boundaryPolicyName } from '../../contract/perimeter';
import { findRegion } from '../../facts/region';
import { noteBoundaryDocument } from '../../guard/cdk/noted-boundary';
import type { PerimeterDocument, PolicyDocument } from '../../perimeter/organization/document';
import { perimeterDocuments } from '../../perimeter/organization/documents';
import { nameMistakes } from '../../perimeter/organization/named-roles';
import { permissionsBoundary } from '../../perimeter/organization/permissions-boundary';
import type { PerimeterScope } from '../../perimeter/organization/scope';
import { requireInside } from '../shared/require-inside';
import { requireBoundaryName } from './boundary-name';

/** What the documents of a perimeter derive from. */
export interface PerimeterProps {
  /** The places where data may be stored and processed. */
  readonly boundary: ResidencyBoundary;

  /** The ID of your organization in AWS Organizations, such as `o-exampleorgid`. */
  readonly organization: string;

  /**
   * The names of the roles that deploy, in every account; `*` stands for any text. Only they manage Bedrock's settings and what the
   * perimeter consists of.
   *
   * @default - those of the CDK CLI's bootstrap, `cdk-*-cfn-exec-role-*`
   */
  readonly deployRoles?: string[];

  /**
   * The names of the roles with which AWS's tools set up accounts: `AWSControlTowerExecution` for Control Tower and the Landing Zone
   * Accelerator, `stacksets-exec-*` for StackSets. They may make trails, hooks, roles, bucket policies, subscriptions and functions without a VPC.
   *
   * @default - none
   */
  readonly managementRoles?: string[];

  /**
   * The ID of the management account, from which Control Tower and the Landing Zone Accelerator assume their role.
   *
   * @default - only AWS services assume such roles
   */
  readonly managementAccount?: string;

  /**
   * The names of deployments in the organization, whose roles only the roles that deploy can pass to a function.
   *
   * @default - none
   */
  readonly deployments?: string[];

  /**
   * Whether a deployment has an egress, whose network reaches hosts outside AWS.
   *
   * @default false
   */
  readonly hasEgress?: boolean;

  /**
   * Guardrails of the management account, one for each Region, that AWS enforces on calls of models in the accounts to which the Bedrock
   * policy is attached: ARN, colon, version.
   *
   * @default - none
   */
  readonly guardrails?: string[];

  /**
   * Whether roles can be created only with the permissions boundary.
   *
   * @default false
   */
  readonly requiresBoundary?: boolean;
}

/** Construction properties for a BoundaryPolicy. */
export interface BoundaryPolicyProps extends PerimeterProps {
  /**
   * The name of the policy, unique in the account. It must end with `-residency-boundary`: the organization's policies protect such names.
   *
   * @default 'eu-residency-boundary'
   */
  readonly policyName?: string;
}

/** The perimeter's permissions boundary, as a managed policy: one for each account. It grants nothing. */
export class BoundaryPolicy extends Construct {
  /** The name, which `ResidencyPerimeter.of(scope).apply()` sets on roles. */
  public readonly policyName: string;

  /** @internal */
  public readonly _resource: iam.CfnManagedPolicy;

  /** @throws if the stack's Region isn't inside the boundary, or the organization's ID or the name has another form */
  constructor(scope: Construct, id: string, props: BoundaryPolicyProps) {
    super(scope, id);
    this.policyName = requireBoundaryName(this, props.policyName ?? boundaryPolicyName());
    const document = permissionsBoundary(scopeOf(this, props));
    this._resource = new iam.CfnManagedPolicy(this, 'Resource', {
      managedPolicyName: this.policyName,
      description: `Caps roles: nothing outside ${props.boundary.label}. Grants nothing by itself`,
      policyDocument: document.content,
    });
    noteBoundaryDocument(this, this.policyName, document.content);
    acknowledgeWildcards(this._resource, document);
  }
}

/** A boundary grants nothing: it says what a role's own policies may grant, and those list their resources. */
function acknowledgeWildcards(policy: iam.CfnManagedPolicy, document: PolicyDocument): void {
  const allowed = document.content.Statement.filter(({ Effect }) => Effect === 'Allow');
  const wild = (values: readonly string[] = []) => values.filter((value) => value.includes('*'));
  const findings = [
    ...allowed.flatMap(({ Action }) => wild(Action).map((action) => `Action::${action}`)),
    ...allowed.flatMap(({ Resource }) => wild(Resource).map((resource) => `Resource::${resource}`)),
  ];
  for (const finding of new Set(findings)) {
    Validations.of(policy).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[${finding}]`,
      reason: 'the policy is a permissions boundary, which grants nothing: it caps what the policies of roles grant',
    });
  }
}

/**
 * The documents of a perimeter, in the partition of a construct's stack.
 *
 * @throws if the stack's Region isn't inside the boundary, or the organization's ID or the name of a role has another form
 */
export const documentsOf = (scope: Construct, props: PerimeterProps): PerimeterDocument[] =>
  perimeterDocuments(scopeOf(scope, props));

/** What the documents derive from, in the partition of a construct's stack. */
function scopeOf(scope: Construct, props: PerimeterProps): PerimeterScope {
  const {
    boundary,
    organization,
    guardrails,
    deployRoles = DEFAULT_DEPLOY_ROLES,
    managementRoles = [],
    managementAccount,
    deployments = [],
    hasEgress = false,
    requiresBoundary = false,
  } = props;
  const region = requireInside(scope, boundary, 'it belongs to the perimeter');
  if (!/^o-[a-z0-9]{10,32}$/.test(organization)) {
    throw new Error(
      `${scope.node.path}: 'organization' must be an organization's ID, such as o-exampleorgid, got '${organization}'; ` +
        "'aws organizations describe-organization' prints it",
    );
  }
  for (const [prop, names] of Object.entries({ deployRoles, managementRoles })) {
    const wide = names.find((name) => !ROLE_NAME.test(name));
    if (wide === undefined) continue;
    throw new Error(
      `${scope.node.path}: each of '${prop}' must be ${ROLE_ALLOWED}, got '${wide}'; the perimeter exempts every role of that name`,
    );
  }
  if (managementAccount !== undefined && !/^\d{12}$/.test(managementAccount)) {
    throw new Error(
      `${scope.node.path}: 'managementAccount' must be the 12 digits of an account, got '${managementAccount}'; only this account assumes the roles of 'managementRoles'`,
    );
  }
  const other = deployments.find((name) => !/^[a-z][a-z0-9-]{0,19}$/.test(name));
  if (other !== undefined) {
    throw new Error(
      `${scope.node.path}: each of 'deployments' must be the name of a deployment in its residency.yaml, got '${other}'; the names of its roles begin with it`,
    );
  }
  const [mistake] = nameMistakes({
    deployRoles,
    managementRoles,
    deployments,
    ...(managementAccount !== undefined && { managementAccount }),
  });
  if (mistake !== undefined) throw new Error(`${scope.node.path}: in '${mistake.list}': ${mistake.text}`);
  const partition = findRegion(region)?.partition ?? 'aws';
  return {
    boundary,
    partition,
    organization,
    deployRoles,
    managementRoles,
    ...(managementAccount !== undefined && { managementAccount }),
    deployments,
    guardrails,
    hasEgress,
    requiresBoundary,
  };
}
