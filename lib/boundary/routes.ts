import type { ProfileFact } from '../facts/types';

/** The Regions that a profile called from a source Region may use; none if no list is known. */
export function destinationsOf(profile: ProfileFact, sourceRegion: string): readonly string[] | undefined {
  return profile.routes !== null && Object.hasOwn(profile.routes, sourceRegion)
    ? profile.routes[sourceRegion]
    : undefined;
}
