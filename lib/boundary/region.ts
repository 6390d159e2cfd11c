import { findRegion } from '../facts/region';
import { isReliable } from '../facts/reliance';
import type { ResidencyBoundary } from './boundary';
import { type Decision, inside, type Place, refused } from './decision';

/** Whether a Region code, spelled exactly as AWS spells it, is inside the boundary. */
export function decideRegion(boundary: ResidencyBoundary, code: string): Decision {
  const fact = findRegion(code);
  if (fact === undefined) {
    const known = findRegion(code.trim().toLowerCase());
    return known
      ? refused(
          { kind: 'region', value: code },
          'malformed',
          `'${code}' isn't a Region code; AWS spells it '${known.code}'`,
        )
      : refused(
          { kind: 'unknown', value: code },
          'unknown',
          `'${code}' isn't a Region in the facts; use ${choices(boundary)}`,
        );
  }
  const { partition } = fact;
  const place: Place = { kind: 'region', value: code, region: code, country: fact.country };
  if (!isReliable(fact)) {
    return refused(
      place,
      'unreliable',
      `no reliable source confirms where '${code}' is; use ${choices(boundary, partition)}`,
    );
  }
  return boundary.containsRegion(code)
    ? inside(place)
    : refused(
        place,
        'outside',
        `'${code}' is in ${where(code)}, outside ${boundary.label}; use ${choices(boundary, partition)}`,
      );
}

/** A Region's city and country: `London (GB)`. */
export function where(code: string): string {
  const fact = findRegion(code);
  if (fact === undefined) return 'an unknown place';
  return fact.city === null ? fact.country : `${fact.city} (${fact.country})`;
}

/** The boundary's Regions in the message's partition: `one of eu-central-1, ...`. */
function choices(boundary: ResidencyBoundary, partition?: string): string {
  const near = boundary.regionCodes(partition);
  const codes = near.length > 0 ? near : boundary.regionCodes();
  if (codes.length === 0) return `a Region of ${boundary.label} (AWS has none there)`;
  return codes.length === 1 ? `'${codes[0]}'` : `one of ${codes.join(', ')}`;
}
