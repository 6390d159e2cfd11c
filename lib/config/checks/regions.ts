import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideRegion } from '../../boundary/region';
import { findRegion } from '../../facts/region';
import type { Path, Problem } from '../read/problem';
import { BOUNDARY_REGIONS } from '../schema/boundary-schema';
import { asFound } from './as-found';
import type { Check } from './check';
import { similarRegion } from './similar';

/** Primary and recovery Region are inside the boundary, differ, and are in the same partition. */
export const checkRegions: Check = ({ draft, boundary }) => {
  const { primary, recovery } = draft.regions ?? {};
  return [
    ...outside(boundary, primary, ['regions', 'primary']),
    ...outside(boundary, recovery, ['regions', 'recovery']),
    ...notARecovery(boundary, primary, recovery),
  ];
};

/** The problems of a Region that must be inside the boundary. */
export function outside(boundary: ResidencyBoundary | undefined, code: string | undefined, path: Path): Problem[] {
  if (boundary === undefined || code === undefined) return [];
  const decision = decideRegion(boundary, code);
  if (decision.inside) return [];
  if (boundary.regionCodes().length === 0) return [{ path, text: withoutRegions(boundary, code) }];
  const match = decision.reason === 'unknown' ? similarRegion(code, boundary.regionCodes()) : undefined;
  const guess = match === undefined ? '' : `; did you mean '${match}'?`;
  return [{ path, text: `${asFound(code, decision.detail)}${guess}` }];
}

/** No Region is right while the boundary has none. */
function withoutRegions(boundary: ResidencyBoundary, code: string): string {
  const countries = new Set(BOUNDARY_REGIONS.map((region) => findRegion(region)?.country));
  return (
    `found '${code}', but AWS has no Region in ${boundary.label}; add a country with a Region to 'boundary', ` +
    `one of ${[...countries].sort().join(', ')}, or use 'boundary: eea'`
  );
}

function notARecovery(boundary: ResidencyBoundary | undefined, primary?: string, recovery?: string): Problem[] {
  if (primary === undefined || recovery === undefined || !boundary?.containsRegion(recovery)) return [];
  const path = ['regions', 'recovery'];
  const partition = findRegion(primary)?.partition;
  const others = boundary.regionCodes(partition).filter((code) => code !== primary);
  const choice = others.length === 0 ? "remove 'recovery'" : `use one of ${others.join(', ')}`;
  if (recovery === primary) {
    return [{ path, text: `found '${recovery}', which is also the primary Region; ${choice}` }];
  }
  const found = findRegion(recovery)?.partition;
  if (partition === undefined || found === partition) return [];
  return [
    {
      path,
      text:
        `found '${recovery}' in partition ${found}, but the primary Region '${primary}' is in partition ` +
        `${partition}, and nothing is replicated between partitions; ${choice}`,
    },
  ];
}
