import { type Stack, Stage } from 'aws-cdk-lib';
import { ResidencyBoundary } from '../boundary/boundary';
import type { ResidencyDeclarations } from '../config/residency-declarations';
import { checkApp } from '../guard/cdk/check-app';
import { ResidencyRefusal } from '../guard/cdk/residency-refusal';
import { blocks, type Finding } from '../guard/finding';
import { count, pretty } from '../guard/report/pretty';

/** What a stack is judged by in a test. */
export interface ExpectResidentOptions {
  /**
   * The places that count as inside.
   *
   * @default ResidencyBoundary.eu()
   */
  readonly boundary?: ResidencyBoundary;
  /**
   * What may be in spite of a rule, and where your own hosts and buckets are. One that nothing uses is no failure unless
   * the whole app is judged.
   *
   * @default ResidencyDeclarations.none()
   */
  readonly declarations?: ResidencyDeclarations;
}

/**
 * Passes when nothing in a stack, Stage or app could take data outside the boundary, and the guard could decide it. The
 * whole app is synthesized for it, as `Template.fromStack` does; only what belongs to the given one counts.
 *
 * @param scope a stack with those nested in it, or a Stage or app with all of its stacks
 * @throws an error whose message is the findings, each with its place, why, and how to fix it
 */
export function expectResident(scope: Stack | Stage, options: ExpectResidentOptions = {}): void {
  const { boundary = ResidencyBoundary.eu(), declarations } = options;
  const { root, path } = scope.node;
  if (!Stage.isStage(root)) {
    throw new Error(`'${path}' is in no app, so there is no template to judge; create it in an App`);
  }
  root.synth();
  const { resources, findings } = checkApp(root, { boundary, declarations: declarations?._data });
  if (resources === 0) throw new Error(`there is no resource in '${path}' or its app, so nothing was judged`);
  const own = findings.filter((finding) => blocks(finding) && (scope === root || belongs(finding, path)));
  if (own.length === 0) return;
  throw new ResidencyRefusal(
    [`'${path || 'the app'}' isn't resident: ${count(own)} against ${boundary.label}`, '', pretty(own)].join('\n'),
  );
}

const belongs = ({ constructPath = '' }: Finding, path: string) =>
  constructPath === path || constructPath.startsWith(`${path}/`);
