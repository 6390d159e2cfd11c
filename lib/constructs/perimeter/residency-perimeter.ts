import { CfnRole, CfnUser } from 'aws-cdk-lib/aws-iam';
import { Annotations, type App, AspectPriority, Aspects, CfnResource, Stack, Stage } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { boundaryPolicyName } from '../../contract/perimeter';
import { noteBoundary } from '../../guard/cdk/noted-boundary';
import { wrapSynth } from '../../guard/cdk/wrap-synth';
import { requireBoundaryName } from './boundary-name';

const CAPPED = [CfnRole.CFN_RESOURCE_TYPE_NAME, CfnUser.CFN_RESOURCE_TYPE_NAME];

/**
 * The cap on what roles may do: sets the perimeter's permissions boundary on every role and user of a scope. The guard then refuses a
 * role of the scope's stacks that lacks it.
 */
export class ResidencyPerimeter {
  /**
   * The perimeter of a scope.
   *
   * @param scope an app, a Stage, a stack or another construct
   */
  public static of(scope: IConstruct): ResidencyPerimeter {
    return new ResidencyPerimeter(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Sets the boundary on every role and user below the scope, also on those that are added later, that CDK creates for custom
   * resources, and that are in nested stacks and Stages. The policy must exist in the account before the roles: a PerimeterStack
   * creates it. A role that has another boundary keeps it, and is an error.
   *
   * CDK Pipelines synthesizes a Stage in `addStage`, so call `apply()` on the Stage itself before that, or on a scope that has the Stage
   * already. Otherwise the app's synthesis fails.
   *
   * @param policyName the name of the managed policy in each account; by default `eu-residency-boundary`, that of a PerimeterStack. It must
   *   end with `-residency-boundary`
   */
  public apply(policyName: string = boundaryPolicyName()): void {
    requireBoundaryName(this.scope, policyName);
    noteBoundary(this.scope, policyName);
    this.visitFrom(this.scope, policyName);
    const app = this.scope.node.root;
    if (!Stage.isStage(app)) return;
    const visited = new Set<IConstruct>([this.scope]);
    // An aspect doesn't enter a Stage.
    const visitStages = () => {
      for (const stage of this.scope.node.findAll().filter(Stage.isStage)) {
        if (visited.has(stage)) continue;
        visited.add(stage);
        if (isSynthesized(stage)) requireCapped(stage, policyName);
        else this.visitFrom(stage, policyName);
      }
    };
    visitStages();
    // Stages can still be added.
    wrapSynth(app as App, (synth) => {
      visitStages();
      return synth();
    });
  }

  private visitFrom(scope: IConstruct, policyName: string): void {
    const visit = (node: IConstruct) => {
      if (CfnResource.isCfnResource(node) && CAPPED.includes(node.cfnResourceType)) cap(node, policyName);
    };
    Aspects.of(scope).add({ visit }, { priority: AspectPriority.MUTATING });
  }
}

/** Whether a Stage has been synthesized: its templates don't change any more. CDK has no public name for it. */
const isSynthesized = (stage: Stage) => (stage as unknown as { readonly assembly?: unknown }).assembly !== undefined;

function requireCapped(stage: Stage, policyName: string): void {
  const role = stage.node
    .findAll()
    .find(
      (node) =>
        CfnResource.isCfnResource(node) && CAPPED.includes(node.cfnResourceType) && !hasBoundary(node, policyName),
    );
  if (role === undefined) return;
  const found = ownBoundary(role as CfnResource) === undefined ? 'none' : 'another';
  const call = policyName === boundaryPolicyName() ? 'apply()' : `apply('${policyName}')`;
  throw new Error(
    `${stage.node.path}: the Stage was synthesized before its roles got the permissions boundary '${policyName}', as 'addStage' of CDK ` +
      `Pipelines does at once; got ${found} on '${role.node.path}': ${found === 'another' ? 'remove that, and ' : ''}call ` +
      `'ResidencyPerimeter.of(stage).${call}' on this Stage first`,
  );
}

/** The ARN of the policy in the account of a construct's stack. */
export const boundaryArn = (scope: IConstruct, policyName: string): string =>
  Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'policy', resourceName: policyName });

function cap(node: CfnResource, policyName: string): void {
  const arn = boundaryArn(node, policyName);
  // To replace a narrower boundary would widen the role.
  if (ownBoundary(node) !== undefined && !hasBoundary(node, policyName)) {
    Annotations.of(node).addError(
      `the role already has another permissions boundary, and IAM accepts one; remove it, and deny in the role's own policy what only ` +
        `it denied, so that the boundary '${policyName}' can apply`,
    );
    return;
  }
  node.addPropertyOverride('PermissionsBoundary', arn);
}

/** Whether a resource has the boundary already. */
function hasBoundary(node: CfnResource, policyName: string): boolean {
  const stack = Stack.of(node);
  const [own, due] = [ownBoundary(node), boundaryArn(node, policyName)].map((arn) =>
    JSON.stringify(stack.resolve(arn)),
  );
  return own === due;
}

/** What CDK writes into a template for a resource; it has no public names for them. */
interface Written {
  readonly rawOverrides: { readonly Properties?: Readonly<Record<string, unknown>> };
  readonly cfnProperties: Readonly<Record<string, unknown>>;
}

/**
 * The boundary that a resource has: that of an override, or of its properties, also if the resource has no class of its own. The whole
 * resource isn't resolved, which would freeze the statements of its policies.
 */
function ownBoundary(node: CfnResource): unknown {
  const { rawOverrides, cfnProperties } = node as unknown as Written;
  const overrides = rawOverrides.Properties ?? {};
  if ('PermissionsBoundary' in overrides) return overrides.PermissionsBoundary;
  return node instanceof CfnRole || node instanceof CfnUser
    ? node.permissionsBoundary
    : cfnProperties.PermissionsBoundary;
}
