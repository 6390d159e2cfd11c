import { ON_DEMAND_MODELS } from '../facts/generated/on-demand-models';
import { isReliable } from '../facts/reliance';
import type { OnDemandModelFact } from '../facts/types';
import { decideArn } from './arn';
import { parseArn } from './arn-parts';
import type { ResidencyBoundary } from './boundary';
import { type Place, type Refused, refused } from './decision';
import { decideProfile, destinationsOf, findProfile, looksLikeProfile } from './profile';
import { decideRegion } from './region';

/** One concrete target of a request, with all its Regions inside the boundary. */
export interface Destination {
  /** The called provider: Amazon Bedrock. */
  readonly provider: 'bedrock';
  /** The model id or inference profile id in the API call. */
  readonly id: string;
  /** The foundation model that answers. */
  readonly modelId: string;
  /** Whether the call is to an inference profile, which chooses the Region, rather than to a model in the source Region. */
  readonly throughProfile: boolean;
  /** The called Region. */
  readonly sourceRegion: string;
  /** Every Region that may process the request, sorted. */
  readonly regions: string[];
  /** Those of `regions` that the provider itself named but the facts don't contain; sorted. */
  readonly furtherRegions?: string[];
}

/** A destination inside the boundary. */
export interface Reachable {
  readonly inside: true;
  readonly place: Place;
  readonly destination: Destination;
}

/** A destination's name in a list, with its source Region if that isn't the caller's own. */
export const nameFrom = (own: string, { id, sourceRegion }: Pick<Destination, 'id' | 'sourceRegion'>): string =>
  sourceRegion === own ? id : `${id} in ${sourceRegion}`;

const MODELS = new Map(ON_DEMAND_MODELS.map((model) => [model.modelId, model]));

/**
 * Whether a request from a Region to a model, an inference profile, or the ARN of either stays inside the boundary, wherever
 * the provider may process it.
 *
 * @param account id of the calling account; an ARN of any other account is refused, because its destinations aren't visible
 */
export function decideDestination(
  boundary: ResidencyBoundary,
  sourceRegion: string,
  target: string,
  account?: string,
): Reachable | Refused {
  const source = decideRegion(boundary, sourceRegion);
  const arn = parseArn(target);
  if (arn === undefined) return decideId(boundary, sourceRegion, target);
  const named = decideArn(boundary, target);
  if (!named.inside) return named;
  if (!source.inside) return source;
  if (arn.region !== sourceRegion) {
    return refused(
      named.place,
      'malformed',
      `'${target}' belongs to ${arn.region}, but is called from ${sourceRegion}`,
    );
  }
  const id = /^(?:inference-profile|foundation-model)\/(.+)$/.exec(arn.resource)?.[1];
  if (id === undefined) {
    return refused(named.place, 'opaque', `'${target}' is neither a foundation model nor an inference profile`);
  }
  if (arn.account !== '' && arn.account !== account) {
    return refused(
      named.place,
      'opaque',
      `'${target}' belongs to account ${arn.account}, ` +
        `${account === undefined ? 'and the calling account is unknown' : `but is called by ${account}`}; name the profile by its id, '${id}'`,
    );
  }
  return decideId(boundary, sourceRegion, id);
}

function decideId(boundary: ResidencyBoundary, sourceRegion: string, id: string): Reachable | Refused {
  const profile = findProfile(id);
  if (profile !== undefined || looksLikeProfile(id)) {
    const decision = decideProfile(boundary, sourceRegion, id);
    if (!decision.inside) return decision;
    if (profile?.modelId == null) {
      return refused(
        decision.place,
        'unknown',
        `'${id}' is a ${profile?.kind ?? 'profile'} profile, which doesn't answer prompts`,
      );
    }
    return reachable(decision.place, {
      provider: 'bedrock',
      id,
      modelId: profile.modelId,
      throughProfile: true,
      sourceRegion,
      regions: [...(destinationsOf(profile, sourceRegion) ?? [])].sort(),
    });
  }
  const source = decideRegion(boundary, sourceRegion);
  const place: Place = { ...source.place, kind: 'destination', value: id };
  const model = MODELS.get(id);
  if (model === undefined || !isReliable(model)) {
    return refused({ kind: 'unknown', value: id }, 'unknown', `the facts contain no model or profile '${id}'`);
  }
  if (!source.inside) return { ...source, place };
  if (!model.regions.includes(sourceRegion)) {
    return refused(
      place,
      'not-served',
      `${sourceRegion} doesn't serve '${id}' itself; ${servedWhere(boundary, model)}`,
    );
  }
  return reachable(place, {
    provider: 'bedrock',
    id,
    modelId: id,
    throughProfile: false,
    sourceRegion,
    regions: [sourceRegion],
  });
}

const reachable = (place: Place, destination: Destination): Reachable => ({ inside: true, place, destination });

function servedWhere(boundary: ResidencyBoundary, model: OnDemandModelFact): string {
  const regions = model.regions.filter((code) => boundary.containsRegion(code));
  if (regions.length > 0) return `inside ${boundary.label}, these Regions serve it: ${regions.join(', ')}`;
  const eu = findProfile(`eu.${model.modelId}`);
  return eu ? `use the profile '${eu.id}'` : `no Region inside ${boundary.label} serves it`;
}
