import { type Stack, Stage } from 'aws-cdk-lib';
import { ResidencyBoundary } from '../boundary/boundary';
import type { ResidencyDeclarations } from '../config/residency-declarations';
import { type AppCheckOptions, checkApp } from '../guard/cdk/check-app';
import { ResidencyGuard } from '../guard/cdk/residency-guard';
import { ResidencyRefusal } from '../guard/cdk/residency-refusal';
import { withCreationLines } from '../guard/cdk/source-lines';
import { type Declarations, NO_DECLARATIONS } from '../guard/declarations/declarations';
import { blocks, type Finding } from '../guard/finding';
import { count, pretty } from '../guard/report/pretty';

/** What a stack is checked against in a test, in addition to its app's guards, if any. */
export interface ExpectResidentOptions {
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

/**
 * Passes if nothing in a stack, Stage or app could take data outside the boundary, and the guard could decide on everything.
 * It synthesizes the whole app, as `Template.fromStack` does; only findings in the given scope count. A guarded app is checked
 * against each of its guards, with that guard's boundary, declarations and baseline, and then against the options as well.
 *
 * @param scope a stack with its nested stacks, or a Stage or app with all its stacks
 * @throws an error whose message contains the findings, each with its place, its reason and its fix
 */
export function expectResident(scope: Stack | Stage, options: ExpectResidentOptions = {}): void {
  const { root, path } = scope.node;
  if (!Stage.isStage(root)) {
    throw new Error(`'${path}' isn't in an app, so there is no template to check; create it in an App`);
  }
  const guards = ResidencyGuard._optionsOf(root);
  synthesize(root, guards.length > 0);
  for (const check of checksOf(guards, options)) {
    const { stacks, findings } = checkApp(root, check);
    if (!stacks.some((stack) => within(stack, scope))) {
      throw new Error(`there is no resource in '${path || 'the app'}', so nothing was checked`);
    }
    const own = findings.filter((finding) => blocks(finding) && within(finding.constructPath ?? '', scope));
    if (own.length > 0) throw refusal(path, withCreationLines(own, root), check.boundary);
  }
}

/** A guard may refuse another stack, so its refusal is ignored here; only findings in the given scope are reported. */
function synthesize(app: Stage, isGuarded: boolean): void {
  try {
    app.synth();
  } catch (error) {
    if (!(isGuarded && error instanceof ResidencyRefusal)) throw error;
  }
}

function checksOf(guards: readonly AppCheckOptions[], options: ExpectResidentOptions): readonly AppCheckOptions[] {
  const { boundary, declarations } = options;
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
  return new ResidencyRefusal([heading, '', pretty(findings)].join('\n'));
}

/** Whether a construct path is in the checked scope; an app contains every path. */
const within = (constructPath: string, { node }: Stack | Stage) =>
  node.scope === undefined || constructPath === node.path || constructPath.startsWith(`${node.path}/`);
