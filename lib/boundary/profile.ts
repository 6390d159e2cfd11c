import { isReliable } from '../facts/reliance';
import type { ProfileFact } from '../facts/types';
import { alternatives } from './alternatives';
import type { ResidencyBoundary } from './boundary';
import { type Decision, inside, type Place, refused } from './decision';
import { factsOf } from './facts-of';
import { decideRegion, where } from './region';
import { destinationsOf } from './routes';

/**
 * Whether every Region that (source Region, profile) routes to is inside the boundary. The pair matters: `eu.` from London
 * also routes to London, from Frankfurt only to the EU.
 *
 * @param instead what a refusal says to use in its place; by default, models and profiles that stay inside
 */
export function decideProfile(
  boundary: ResidencyBoundary,
  sourceRegion: string,
  id: string,
  instead = () => alternatives(boundary, sourceRegion, id),
): Decision {
  const source = decideRegion(boundary, sourceRegion);
  const place: Place = { ...source.place, kind: 'destination', value: id };
  const facts = factsOf(boundary);
  const profile = facts.profileFrom(id, sourceRegion);
  if (profile === undefined) {
    return refused({ kind: 'unknown', value: id }, 'unknown', `profile '${id}' is unknown; ${instead()}`);
  }
  const geography = id.slice(0, id.indexOf('.'));
  // By the id too, because a row of another layer may say otherwise.
  if (profile.prefix === 'global' || geography === 'global') {
    return refused(
      { kind: 'destination', value: id },
      'anywhere',
      `'${id}' may be processed in any commercial Region of the world; ${instead()}`,
    );
  }
  if (profile.prefix !== geography) {
    return refused(
      place,
      'malformed',
      `'${id}' is a profile of the geography '${geography}', but its row says '${profile.prefix}'; ${instead()}`,
    );
  }
  if (!isReliable(profile)) {
    return refused(place, 'unreliable', `no reliable source confirms where '${id}' routes to; ${instead()}`);
  }
  const destinations = destinationsOf(profile, sourceRegion);
  if (destinations === undefined) {
    const sources = Object.keys(profile.routes ?? {}).filter((code) => boundary.containsRegion(code));
    return refused(
      place,
      'no-route',
      `the destinations of '${id}' called from ${sourceRegion} are unknown` +
        (sources.length > 0 ? `; they are known from ${sources.join(', ')}` : `; ${instead()}`),
    );
  }
  // An older row that routes outside still refuses: no layer can take that back.
  const named = facts.everyProfile(id).flatMap((row) => destinationsOf(row, sourceRegion) ?? []);
  const outside = [...new Set([...destinations, ...named])].filter((code) => !boundary.containsRegion(code));
  if (outside.length > 0) {
    return refused(
      place,
      'routes-outside',
      `'${id}' called from ${sourceRegion} may be processed in ${outside.map((c) => `${c}, ${where(c)}`).join('; ')}, ` +
        `outside ${boundary.label}; ${saferSources(boundary, profile, instead)}`,
    );
  }
  return source.inside ? inside(place) : { ...source, place };
}

function saferSources(boundary: ResidencyBoundary, profile: ProfileFact, instead: () => string): string {
  const sources = Object.keys(profile.routes ?? {})
    .filter((code) => boundary.containsRegion(code))
    .filter((code) => destinationsOf(profile, code)?.every((destination) => boundary.containsRegion(destination)));
  return sources.length > 0
    ? `it stays inside the boundary when called from ${sources.join(', ')}`
    : `it stays inside the boundary from no Region; ${instead()}`;
}
