import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideRegion } from '../../boundary/region';
import { findRegion } from '../../facts/region';
import { didYouMean } from '../read/nearest';
import type { Path, Problem } from '../read/problem';
import { asFound } from './as-found';
import type { Check } from './check';

/** The primary Region is inside, and the recovery Region is another one inside, in the same partition. */
export const checkRegions: Check = ({ draft, boundary }) => {
  const { primary, recovery } = draft.regions ?? {};
  return [
    ...outside(boundary, primary, ['regions', 'primary']),
    ...outside(boundary, recovery, ['regions', 'recovery']),
    ...notARecovery(boundary, primary, recovery),
  ];
};

/** What is wrong with a Region that must be inside. */
export function outside(boundary: ResidencyBoundary | undefined, code: string | undefined, path: Path): Problem[] {
  if (boundary === undefined || code === undefined) return [];
  const decision = decideRegion(boundary, code);
  if (decision.inside) return [];
  const guess = decision.reason === 'unknown' ? didYouMean(code, boundary.regionCodes()) : '';
  return [{ path, text: `${asFound(code, decision.detail)}${guess}` }];
}

function notARecovery(boundary: ResidencyBoundary | undefined, primary?: string, recovery?: string): Problem[] {
  if (primary === undefined || recovery === undefined || !boundary?.containsRegion(recovery)) return [];
  const path = ['regions', 'recovery'];
  const partition = findRegion(primary)?.partition;
  const others = boundary.regionCodes(partition).filter((code) => code !== primary);
  const choice = others.length === 0 ? "leave 'recovery' out" : `use one of ${others.join(', ')}`;
  if (recovery === primary) {
    return [{ path, text: `found '${recovery}', which is the primary Region too; ${choice}` }];
  }
  const found = findRegion(recovery)?.partition;
  if (partition === undefined || found === partition) return [];
  return [
    {
      path,
      text:
        `found '${recovery}' of partition ${found}, but the primary Region '${primary}' is in partition ` +
        `${partition}, and nothing is replicated between partitions; ${choice}`,
    },
  ];
}
