import { findRegion } from '../facts/region';
import { parseArn } from './arn-parts';
import type { ResidencyBoundary } from './boundary';
import { type Decision, type Place, refused } from './decision';
import { decideProfile } from './profile';
import { decideRegion } from './region';

const PROFILE_RESOURCE = /^(?:inference-profile|guardrail-profile|data-automation-profile)\/(.+)$/;
const OPAQUE_RESOURCE = /^(?:application-inference-profile|default-prompt-router|prompt-router)\//;

/** Whether an ARN's resource is inside the boundary: by its Region and, for a Bedrock profile, by every Region it routes to. */
export function decideArn(boundary: ResidencyBoundary, arn: string): Decision {
  const place: Place = { kind: 'arn', value: arn };
  const parts = parseArn(arn);
  if (parts === undefined) return refused(place, 'malformed', `'${arn}' isn't an ARN`);
  if (parts.service === 's3' && parts.resource.endsWith('.mrap')) {
    return refused(
      place,
      'anywhere',
      `'${arn}' is a multi-Region access point, which routes to buckets in several Regions`,
    );
  }
  if (parts.region === '') {
    return parts.service === 'bedrock'
      ? refused(place, 'anywhere', `'${arn}' has no Region, which permits global routing; add the Region`)
      : refused(place, 'placeless', `'${arn}' has no Region`);
  }
  const fact = findRegion(parts.region);
  if (fact !== undefined && fact.partition !== parts.partition) {
    const placeOfRegion: Place = { ...place, region: fact.code, country: fact.country };
    return refused(
      placeOfRegion,
      'malformed',
      `'${arn}' combines partition ${parts.partition} with a Region of ${fact.partition}`,
    );
  }
  const decision =
    parts.service === 'bedrock'
      ? decideBedrock(boundary, parts.region, parts.resource)
      : decideRegion(boundary, parts.region);
  return { ...decision, place: { ...decision.place, kind: 'arn', value: arn } };
}

function decideBedrock(boundary: ResidencyBoundary, region: string, resource: string): Decision {
  const profile = PROFILE_RESOURCE.exec(resource)?.[1];
  if (profile !== undefined) return decideProfile(boundary, region, profile);
  const decision = decideRegion(boundary, region);
  if (decision.inside && OPAQUE_RESOURCE.test(resource)) {
    return refused(
      decision.place,
      'opaque',
      `'${resource}' hides the models and Regions it routes to; name the profile that it was created from`,
    );
  }
  return decision;
}
