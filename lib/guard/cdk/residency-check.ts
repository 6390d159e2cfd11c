import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { ResidencyBoundary } from '../../boundary/boundary';
import type { ResidencyDeclarations } from '../../config/residency-declarations';
import { type Declarations, NO_DECLARATIONS } from '../declarations/declarations';
import { blocks, type Finding } from '../finding';
import { count, pretty } from '../report/pretty';
import { type AppCheck, type AppCheckOptions, checkApp } from './check-app';
import { copyLines } from './copies';
import { guardedByOther } from './other-guard';
import { ResidencyRefusal } from './residency-refusal';
import { withCreationLines } from './source-lines';
import { isWithin } from './with-proposals';

/** What a part of an app is checked against in a test, in addition to its app's guards, if any. */
export interface ResidencyCheckProps {
  /**
   * The places that count as inside the boundary, even for a stack with another boundary in the app's own guard.
   *
   * @default - that of the app's own guard; without one, ResidencyBoundary.eu()
   */
  readonly boundary?: ResidencyBoundary;
  /**
   * Exceptions to rules, and the places of your own hosts and buckets. An unused exception is a failure only if the whole
   * app is checked.
   *
   * @default - those of the app's own guard; without one, ResidencyDeclarations.none()
   */
  readonly declarations?: ResidencyDeclarations;
}

/** A check of a part of an app, made by `ResidencyGuard.of`. */
export class ResidencyCheck {
  /**
   * A check of a scope against what the guards of its app require.
   *
   * @internal
   */
  public static _of(
    scope: IConstruct,
    guardsOf: (app: Stage) => readonly AppCheckOptions[],
    props: ResidencyCheckProps,
  ): ResidencyCheck {
    const { root, path } = scope.node;
    if (!Stage.isStage(root)) {
      throw new Error(`'${path}' isn't in an app, so there is no template to check; create it in an App`);
    }
    return new ResidencyCheck(scope, root, () => guardsOf(root), props);
  }

  private constructor(
    private readonly scope: IConstruct,
    private readonly app: Stage,
    private readonly guards: () => readonly AppCheckOptions[],
    private readonly props: ResidencyCheckProps,
  ) {}

  /**
   * Passes if nothing in the scope could take data outside the boundary, and the guard could decide on everything. It
   * synthesizes the whole app, as `Template.fromStack` does; only findings in the scope count, and those of the stack that
   * contains it which belong to no construct, such as its Region, or a resource that an included template adds.
   *
   * @throws an error whose message contains the findings, each with its place, its reason and its fix; or one that says why nothing
   * was checked, such as another copy of the package that guards the app
   */
  public expectResident(): void {
    const { path } = this.scope.node;
    const guards = this.guards();
    synthesize(this.app);
    for (const options of checksOf(guards, this.props)) {
      const result = checkApp(this.app, options);
      if (!this.hasResources(result)) {
        throw new Error(`there is no resource in '${path || 'the app'}', so nothing was checked`);
      }
      const own = result.findings.filter((finding) => blocks(finding) && this.concerns(finding));
      if (own.length > 0) throw refusal(path, withCreationLines(own, this.app), options.boundary);
    }
  }

  private hasResources({ stacks }: AppCheck): boolean {
    const { node } = this.scope;
    return Stage.isStage(this.scope) || Stack.isStack(this.scope)
      ? stacks.some((stack) => isWithin(stack, node.path))
      : node.findAll().some(CfnResource.isCfnResource);
  }

  private concerns({ constructPath = '' }: Finding): boolean {
    if (isWithin(constructPath, this.scope.node.path)) return true;
    // A finding has its stack's path if it is about the stack, or about a resource that any construct in the stack may have added.
    return !Stage.isStage(this.scope) && constructPath === Stack.of(this.scope).node.path;
  }
}

/** A guard may refuse another stack, so its refusal is ignored here; only findings in the given scope are reported. */
function synthesize(app: Stage): void {
  try {
    app.synth();
  } catch (error) {
    if (error instanceof ResidencyRefusal) return;
    // Version 0.1.0 doesn't note its guards.
    throw (error as Error)?.name === ResidencyRefusal.name ? guardedByOther() : error;
  }
}

function checksOf(guards: readonly AppCheckOptions[], props: ResidencyCheckProps): readonly AppCheckOptions[] {
  const { boundary, declarations } = props;
  if (guards.length === 0) return [{ boundary: boundary ?? ResidencyBoundary.eu(), declarations: declarations?._data }];
  if (boundary === undefined && declarations === undefined) return guards;
  const requested = guards.map((guard) => ({
    boundary: boundary ?? guard.boundary,
    declarations: declarations?._data ?? (boundary ? withoutBoundaries(guard.declarations) : guard.declarations),
  }));
  return [...guards, ...requested];
}

/** A boundary that a test sets takes precedence over the boundaries that the app declares for some stacks. */
const withoutBoundaries = (declarations: Declarations = NO_DECLARATIONS): Declarations => ({
  ...declarations,
  boundaries: [],
});

function refusal(path: string, findings: readonly Finding[], boundary: ResidencyBoundary): ResidencyRefusal {
  const heading = `'${path || 'the app'}' isn't resident: ${count(findings)} against ${boundary.label}`;
  const copies = copyLines();
  return new ResidencyRefusal(
    [heading, '', pretty(findings), ...(copies.length === 0 ? [] : ['', ...copies])].join('\n'),
  );
}
