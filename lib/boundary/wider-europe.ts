import { WIDER_EUROPES } from '../facts/generated/wider-europes';
import { isReliable } from '../facts/reliance';
import type { ProviderFact, WiderEuropeFact } from '../facts/types';
import type { ResidencyBoundary } from './boundary';
import { type Place, type Refused, refused } from './decision';

/** The places that a provider's Europe contains at most; none if no reliable source limits it. */
export function widerEuropeOf(provider: string): WiderEuropeFact | undefined {
  const row = WIDER_EUROPES.find((candidate) => candidate.provider === provider);
  return row !== undefined && isReliable(row) ? row : undefined;
}

/** Where a host processes data by its provider's definition of Europe, as a clause. */
export const europeOf = (host: string, { europeMeans, asOf }: ProviderFact): string =>
  `'${host}' processes data in ${europeMeans} (as of ${asOf})`;

/** How a declared provider's wider Europe is accepted in `residency.yaml`. */
export const acceptanceOf = (name: string): string => `'acceptsWiderEurope: { reason: ... }' of provider '${name}'`;

/**
 * Why a place that is wider than the boundary is refused; none if the owner accepts it. Only the boundaries that are named after the EU
 * and the EEA can be widened that far.
 *
 * @param europe where data is processed, as a clause
 * @param accepted the owner's reason
 * @param how how the owner accepts it in `residency.yaml`
 */
export function refusedWider(
  boundary: ResidencyBoundary,
  place: Place,
  europe: string,
  accepted: string | undefined,
  how: string,
): Refused | undefined {
  const wider = `${europe}, which is wider than ${boundary.label}`;
  if (!['eu', 'eea'].includes(boundary.name)) return refused(place, 'outside', `${wider} and can't be accepted there`);
  if (accepted !== undefined) return undefined;
  return refused(place, 'outside', `${wider}; accept it with ${how}, or remove the destination`);
}
