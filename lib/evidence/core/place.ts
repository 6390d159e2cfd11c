import { decideRegion, where } from '../../boundary/region';
import { findRegion } from '../../facts/region';
import { concerns } from '../../guard/declarations/declared-exception';
import { blocks } from '../../guard/finding';
import { stackRegion } from '../../guard/rules/stack-region';
import { claimed } from '../../report/claim';
import { ENFORCED, NOTHING } from '../../report/inventory-line';
import type { EvidenceContext } from './context';
import type { Verdict } from './row';

/** What a template without a Region of its own has in place of one. */
export const UNKNOWN_REGION = 'unknown';

/**
 * Whether a Region is inside a stack's boundary.
 *
 * @param criterion what is checked, such as `store.place`
 * @param subject the beginning of the reason, before the Region
 */
export function placeVerdict(
  criterion: string,
  region: string,
  stack: string,
  context: EvidenceContext,
  subject = 'It is in',
): Verdict {
  if (region === UNKNOWN_REGION) {
    return {
      criterion,
      status: 'unknown',
      reason: 'The template names no Region, so the deployer chooses one.',
      remedy: "Set 'env.region' of the stack, and synthesize again.",
      basis: { kind: 'set', by: 'the deployer' },
    };
  }
  const boundary = context.boundaryOf(stack);
  const decision = decideRegion(boundary, region);
  if (!decision.inside) {
    const permitted = isPermitted(stack, region, context);
    return {
      criterion,
      status: permitted ? 'attention' : 'failed',
      reason: `${subject} ${region}, ${where(region)}, which isn't inside ${boundary.label}${permitted ? '; an approved exception permits it' : ''}.`,
      remedy: permitted
        ? 'Move it inside the boundary before the exception ends.'
        : 'Move it to a Region inside the boundary.',
      basis: ENFORCED,
    };
  }
  const fact = findRegion(region);
  const country = fact === undefined ? NOTHING : claimed('region', fact, context.now);
  if (country.kind === 'claimed' && country.stale) {
    return {
      criterion,
      status: 'attention',
      reason: `${subject} ${region}, and the statement that this is in ${where(region)} is too old to rely on.`,
      remedy: 'Update the package, whose tables state where each Region is.',
      basis: country,
    };
  }
  return {
    criterion,
    status: 'ok',
    reason: `${subject} ${region}, ${where(region)}, which is inside ${boundary.label}.`,
    basis: ENFORCED,
  };
}

/** Whether an exception in force concerns a stack, and nothing that the guard still finds there is in this Region. */
function isPermitted(stack: string, region: string, { report, fileOfStack }: EvidenceContext): boolean {
  const concerning = report.exceptions.filter((row) => concerns(row, { stack, ...fileOfStack(stack) }));
  const left = report.findings.filter((finding) => finding.stack === stack && blocks(finding));
  return concerning.length > 0 && left.every(({ rule, place }) => rule !== stackRegion.id && place?.region !== region);
}
