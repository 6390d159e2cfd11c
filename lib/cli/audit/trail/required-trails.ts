import type { ResidencyBoundary } from '../../../boundary/boundary';
import { decideRegion } from '../../../boundary/region';
import { REGIONS } from '../../../facts/generated/regions';
import { findRegion } from '../../../facts/region';
import type { Findings } from '../shared/finding';
import type { DigestedTrail } from './digest-chain';

/** In which Regions a call could have been made. */
export interface Callable {
  readonly boundary: ResidencyBoundary;
  /** Regions that records or events name. */
  readonly called: ReadonlySet<string>;
  /** Regions that an account must enable, and that the auditor says it hasn't. */
  readonly notEnabled: readonly string[];
}

/**
 * Names the Regions without a verified trail, of those in which a call could have been made: a trail that was removed would hide the
 * calls of its Region.
 */
export function requireTrails(digested: DigestedTrail, callable: Callable, findings: Findings): void {
  for (const region of requiredRegions(digested, callable)) {
    if (digested.regions.has(region)) continue;
    const file = `trail of ${region}`;
    if (digested.withoutKeys.has(region)) {
      findings.gap(
        file,
        'no public key of CloudTrail in this Region',
        'a bundle made with --ask-outside, or the keys as --trail-keys',
      );
    } else findings.gap(file, 'no verified digest of the trail of the other Regions', expectedOf(region, callable));
  }
}

const expectedOf = (region: string, { called }: Callable): string =>
  findRegion(region)?.optIn && !called.has(region)
    ? 'a chain of digests, or --not-enabled for a Region that the account has not enabled'
    : 'a chain of digests of this Region';

function requiredRegions(
  { regions, withoutKeys }: DigestedTrail,
  { boundary, called, notEnabled }: Callable,
): readonly string[] {
  const found = [...regions, ...withoutKeys, ...called];
  // An account is of one partition, and has no trail in Regions of another one.
  const known = found.flatMap((region) => findRegion(region)?.partition ?? []);
  const partitions = new Set(known.length === 0 ? ['aws'] : known);
  const callable = REGIONS.filter(({ code, partition, optIn }) => {
    if (!partitions.has(partition)) return false;
    return !optIn || (decideRegion(boundary, code).inside && !notEnabled.includes(code));
  });
  return [...new Set([...callable.map(({ code }) => code), ...called, ...withoutKeys])].sort();
}
