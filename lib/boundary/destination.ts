import type { BedrockApiFact, OnDemandModelFact } from '../facts/model-facts';
import { isReliable } from '../facts/reliance';
import { alternatives } from './alternatives';
import { decideArn } from './arn';
import { parseArn } from './arn-parts';
import type { ResidencyBoundary } from './boundary';
import { type Place, type RefusalReason, type Refused, refused } from './decision';
import { factsOf } from './facts-of';
import { lifeOf } from './lifecycle';
import { decideProfile } from './profile';
import { looksLikeProfile } from './profile-id';
import { decideRegion } from './region';
import { destinationsOf } from './routes';

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
  /** The API by which chats are sent; Bedrock's Converse if there is none. */
  readonly api?: BedrockApiFact['api'];
  /** The first day on which it serves no more: its model ends, or the row that admits it expires. None is known otherwise. */
  readonly until?: string;
}

/** A destination inside the boundary. */
export interface Reachable {
  readonly inside: true;
  readonly place: Place;
  readonly destination: Destination;
}

/** A destination's name in a list, with its source Region if that isn't the caller's own, and its API if that isn't Converse. */
export const nameFrom = (
  own: string,
  { id, sourceRegion, api }: Pick<Destination, 'id' | 'sourceRegion'> & { readonly api?: Destination['api'] },
): string => `${id}${sourceRegion === own ? '' : ` in ${sourceRegion}`}${api === undefined ? '' : ` by ${api}`}`;

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

/** What the facts leave undecided; a place outside the boundary stays the reason, whatever has expired. */
const UNDECIDED: readonly RefusalReason[] = ['unknown', 'unreliable', 'no-route', 'not-served'];

function decideId(boundary: ResidencyBoundary, sourceRegion: string, id: string): Reachable | Refused {
  const decision = decideByRows(boundary, sourceRegion, id);
  if (decision.inside || !UNDECIDED.includes(decision.reason)) return decision;
  const facts = factsOf(boundary);
  const day = facts.expiredOn('profiles', id) ?? facts.expiredOn('onDemandModels', id);
  if (day === undefined) return decision;
  return refused(
    decision.place,
    'expired',
    `the row that admits '${id}' expired on ${day}; ask Bedrock and your approver again with 'eu-residency facts admit ${id}'; ` +
      `or ${alternatives(boundary, sourceRegion, id)}`,
  );
}

function decideByRows(boundary: ResidencyBoundary, sourceRegion: string, id: string): Reachable | Refused {
  const facts = factsOf(boundary);
  const profile = facts.profileFrom(id, sourceRegion);
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
    const expires = facts.expiryOf('profiles', id, (row) => destinationsOf(row, sourceRegion) !== undefined);
    return reachable(boundary, decision.place, expires, {
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
  const model = facts.onDemandModelFrom(id, sourceRegion);
  if (model === undefined || !isReliable(model)) {
    const life = lifeOf(facts, id);
    if (life.state === 'ended') return ended(boundary, place, sourceRegion, id, life.endsAt);
    const detail = `the facts contain no model or profile '${id}'; ${alternatives(boundary, sourceRegion, id)}`;
    return refused({ kind: 'unknown', value: id }, 'unknown', detail);
  }
  if (!source.inside) return { ...source, place };
  if (!model.regions.includes(sourceRegion)) {
    return refused(
      place,
      'not-served',
      `${sourceRegion} doesn't serve '${id}' itself; ${servedWhere(boundary, sourceRegion, model)}`,
    );
  }
  const expires = facts.expiryOf('onDemandModels', id, ({ regions }) => regions.includes(sourceRegion));
  return reachable(boundary, place, expires, {
    provider: 'bedrock',
    id,
    modelId: id,
    throughProfile: false,
    sourceRegion,
    regions: [sourceRegion],
  });
}

/** A destination inside the boundary, unless its model has ended. */
function reachable(
  boundary: ResidencyBoundary,
  place: Place,
  expires: string | undefined,
  destination: Destination,
): Reachable | Refused {
  const facts = factsOf(boundary);
  const { id, modelId, sourceRegion } = destination;
  const life = lifeOf(facts, modelId);
  if (life.state === 'ended') return ended(boundary, place, sourceRegion, id, life.endsAt);
  const endsAt = facts.model(modelId)?.endsAt ?? undefined;
  const until = [endsAt, expires].filter((day) => day !== undefined).sort()[0];
  return { inside: true, place, destination: until === undefined ? destination : { ...destination, until } };
}

const ended = (boundary: ResidencyBoundary, place: Place, sourceRegion: string, id: string, endsAt: string): Refused =>
  refused(place, 'ended', `'${id}' ended on ${endsAt}; ${alternatives(boundary, sourceRegion, id)}`);

function servedWhere(boundary: ResidencyBoundary, sourceRegion: string, model: OnDemandModelFact): string {
  const regions = model.regions.filter((code) => boundary.containsRegion(code));
  if (regions.length > 0) return `inside ${boundary.label}, these Regions serve it: ${regions.join(', ')}`;
  return alternatives(boundary, sourceRegion, model.modelId);
}
