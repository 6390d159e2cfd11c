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

/** What a stack is judged by in a test, beside the guard of its app, where it has one. */
export interface ExpectResidentOptions {
  /**
   * The places that count as inside, also for a stack for which the app's own guard has another boundary.
   *
   * @default - that of the app's own guard; without one, ResidencyBoundary.eu()
   */
  readonly boundary?: ResidencyBoundary;
  /**
   * What may be in spite of a rule, and where your own hosts and buckets are. One that nothing uses is no failure unless
   * the whole app is judged.
   *
   * @default - those of the app's own guard; without one, ResidencyDeclarations.none()
   */
  readonly declarations?: ResidencyDeclarations;
}

/**
 * Passes when nothing in a stack, Stage or app could take data outside the boundary, and the guard could decide it. The
 * whole app is synthesized for it, as `Template.fromStack` does; only what belongs to the given one counts. An app that is
 * guarded is judged as each of its guards judges it, with its boundary, declarations and baseline; options are judged by besides.
 *
 * @param scope a stack with those nested in it, or a Stage or app with all of its stacks
 * @throws an error whose message is the findings, each with its place, why, and how to fix it
 */
export function expectResident(scope: Stack | Stage, options: ExpectResidentOptions = {}): void {
  const { root, path } = scope.node;
  if (!Stage.isStage(root)) {
    throw new Error(`'${path}' is in no app, so there is no template to judge; create it in an App`);
  }
  const guards = ResidencyGuard._optionsOf(root);
  synthesize(root, guards.length > 0);
  for (const judge of judges(guards, options)) {
    const { stacks, findings } = checkApp(root, judge);
    if (!stacks.some((stack) => within(stack, scope))) {
      throw new Error(`there is no resource in '${path || 'the app'}', so nothing was judged`);
    }
    const own = findings.filter((finding) => blocks(finding) && within(finding.constructPath ?? '', scope));
    if (own.length > 0) throw refusal(path, withCreationLines(own, root), judge.boundary);
  }
}

/** What a guard refuses may belong to another stack; its findings are told of the given one alone. */
function synthesize(app: Stage, isGuarded: boolean): void {
  try {
    app.synth();
  } catch (error) {
    if (!(isGuarded && error instanceof ResidencyRefusal)) throw error;
  }
}

function judges(guards: readonly AppCheckOptions[], options: ExpectResidentOptions): readonly AppCheckOptions[] {
  const { boundary, declarations } = options;
  if (guards.length === 0) return [{ boundary: boundary ?? ResidencyBoundary.eu(), declarations: declarations?._data }];
  if (boundary === undefined && declarations === undefined) return guards;
  const asked = guards.map((guard) => ({
    boundary: boundary ?? guard.boundary,
    declarations: declarations?._data ?? (boundary ? withoutBoundaries(guard.declarations) : guard.declarations),
  }));
  return [...guards, ...asked];
}

/** A boundary that a test gives isn't overruled by one that the app declares for some stacks. */
const withoutBoundaries = (declarations: Declarations = NO_DECLARATIONS): Declarations => ({
  ...declarations,
  boundaries: [],
});

function refusal(path: string, findings: readonly Finding[], boundary: ResidencyBoundary): ResidencyRefusal {
  const heading = `'${path || 'the app'}' isn't resident: ${count(findings)} against ${boundary.label}`;
  return new ResidencyRefusal([heading, '', pretty(findings)].join('\n'));
}

/** Whether a construct path is of what is judged; to an app belongs all of it. */
const within = (constructPath: string, { node }: Stack | Stage) =>
  node.scope === undefined || constructPath === node.path || constructPath.startsWith(`${node.path}/`);
