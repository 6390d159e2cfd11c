import { factsOf } from '../../boundary/facts-of';
import { decideProfile } from '../../boundary/profile';
import type { ProfileFact } from '../../facts/types';
import { type PerimeterScope, regionsOf } from './scope';

const PATHS = {
  inference: 'inference-profile',
  guardrail: 'guardrail-profile',
  'data-automation': 'data-automation-profile',
} as const satisfies Record<ProfileFact['kind'], string>;

/**
 * The ARNs of the cross-Region profiles that stay inside the boundary, by source Region: `decideProfile` decides, never a prefix.
 * A profile that stays inside from every Region of the boundary is one ARN with `*`, because other sources are denied.
 */
export function admittedProfiles(scope: PerimeterScope, kinds: readonly ProfileFact['kind'][]): string[] {
  const regions = regionsOf(scope);
  const profiles = factsOf(scope.boundary).profiles.filter(({ kind }) => kinds.includes(kind));
  const paths = new Map(profiles.map(({ id, kind }) => [id, PATHS[kind]]));
  return [...paths].flatMap(([id, path]) => {
    const sources = regions.filter((region) => decideProfile(scope.boundary, region, id, () => '').inside);
    const arns = sources.length === regions.length && sources.length > 0 ? ['*'] : sources;
    return arns.map((region) => `arn:${scope.partition}:bedrock:${region}:*:${path}/${id}`);
  });
}
