import { PROFILE_PREFIXES } from '../facts/generated/profile-prefixes';
import { PROFILES } from '../facts/generated/profiles';
import { isReliable } from '../facts/reliance';
import type { ProfileFact } from '../facts/types';
import type { ResidencyBoundary } from './boundary';
import { type Decision, inside, type Place, refused } from './decision';
import { decideRegion, where } from './region';

const BY_ID = new Map(PROFILES.map((profile) => [profile.id, profile]));

/** The cross-Region profile with exactly this id, of any kind. */
export function findProfile(id: string): ProfileFact | undefined {
  return BY_ID.get(id);
}

/** Whether an id has the form of a cross-Region profile: a geography before the model's own id. */
export function looksLikeProfile(id: string): boolean {
  return /^[a-z-]+\.[a-z0-9-]+(\.|-v)/.test(id) && PROFILE_PREFIXES.includes(id.slice(0, id.indexOf('.')));
}

/** The Regions that a profile called from a source Region may use; none if no list is known. */
export function destinationsOf(profile: ProfileFact, sourceRegion: string): readonly string[] | undefined {
  return profile.routes !== null && Object.hasOwn(profile.routes, sourceRegion)
    ? profile.routes[sourceRegion]
    : undefined;
}

/**
 * Whether every Region that (source Region, profile) routes to is inside the boundary. The pair matters: `eu.` from London
 * also routes to London, from Frankfurt only to the EU.
 */
export function decideProfile(boundary: ResidencyBoundary, sourceRegion: string, id: string): Decision {
  const source = decideRegion(boundary, sourceRegion);
  const place: Place = { ...source.place, kind: 'destination', value: id };
  const profile = findProfile(id);
  if (profile === undefined) {
    return refused(
      { kind: 'unknown', value: id },
      'unknown',
      `profile '${id}' is unknown; ${alternatives(boundary, sourceRegion)}`,
    );
  }
  if (profile.prefix === 'global') {
    return refused(
      { kind: 'destination', value: id },
      'anywhere',
      `'${id}' may be processed in any commercial Region of the world; ${sibling(boundary, sourceRegion, profile)}`,
    );
  }
  if (!isReliable(profile)) {
    return refused(
      place,
      'unreliable',
      `no reliable source confirms where '${id}' routes to; ${alternatives(boundary, sourceRegion)}`,
    );
  }
  const destinations = destinationsOf(profile, sourceRegion);
  if (destinations === undefined) {
    const sources = Object.keys(profile.routes ?? {}).filter((code) => boundary.containsRegion(code));
    return refused(
      place,
      'no-route',
      `the destinations of '${id}' called from ${sourceRegion} are unknown` +
        (sources.length > 0 ? `; they are known from ${sources.join(', ')}` : ''),
    );
  }
  const outside = destinations.filter((code) => !boundary.containsRegion(code));
  if (outside.length > 0) {
    return refused(
      place,
      'routes-outside',
      `'${id}' called from ${sourceRegion} may be processed in ${outside.map((c) => `${c}, ${where(c)}`).join('; ')}, ` +
        `outside ${boundary.label}; ${saferSources(boundary, profile)}`,
    );
  }
  return source.inside ? inside(place) : { ...source, place };
}

function saferSources(boundary: ResidencyBoundary, profile: ProfileFact): string {
  const sources = Object.keys(profile.routes ?? {})
    .filter((code) => boundary.containsRegion(code))
    .filter((code) => destinationsOf(profile, code)?.every((destination) => boundary.containsRegion(destination)));
  return sources.length > 0
    ? `it stays inside the boundary when called from ${sources.join(', ')}`
    : 'it stays inside the boundary from no Region: use a model that one Region serves itself';
}

function sibling(boundary: ResidencyBoundary, sourceRegion: string, profile: ProfileFact): string {
  const same = PROFILES.find(
    (other) =>
      other.modelId !== null && other.modelId === profile.modelId && decidesInside(boundary, sourceRegion, other),
  );
  return same ? `use '${same.id}', which stays inside the boundary` : alternatives(boundary, sourceRegion);
}

function alternatives(boundary: ResidencyBoundary, sourceRegion: string): string {
  const ids = PROFILES.filter(
    (profile) => profile.kind === 'inference' && decidesInside(boundary, sourceRegion, profile),
  );
  return ids.length > 0
    ? `profiles that stay inside the boundary from ${sourceRegion} include ${ids
        .slice(0, 3)
        .map((profile) => profile.id)
        .join(', ')}`
    : `no profile stays inside ${boundary.label} from ${sourceRegion}: use a model that the Region serves itself`;
}

const decidesInside = (boundary: ResidencyBoundary, sourceRegion: string, profile: ProfileFact): boolean =>
  isReliable(profile) &&
  boundary.containsRegion(sourceRegion) &&
  (destinationsOf(profile, sourceRegion)?.every((code) => boundary.containsRegion(code)) ?? false);
