import { decideArn } from './arn';
import { parseArn } from './arn-parts';
import type { ResidencyBoundary } from './boundary';
import { type Place, type Refused, refused } from './decision';
import { factsOf } from './facts-of';
import { likelyKind } from './model-kind';
import { decideProfile } from './profile';
import { decideRegion } from './region';
import { destinationsOf } from './routes';
import type { AnyDestination } from './server';

/** A guardrail of Bedrock as configured, for calls in one source Region. */
export interface NamedGuardrail {
  /** Its ID or ARN. */
  readonly id: string;
  readonly version: string;
  /** The source Region whose calls it checks; a guardrail exists in one Region only. */
  readonly region: string;
  /**
   * The ID of its guardrail profile.
   *
   * @default - none: it evaluates content in its own Region only
   */
  readonly profile?: string;
}

/** A guardrail whose Regions are all inside the boundary. */
export interface Guardrail {
  readonly id: string;
  readonly version: string;
  readonly region: string;
  readonly profile?: { readonly id: string; readonly regions: readonly string[] };
}

/** A decided guardrail. */
export interface AdmittedGuardrail {
  readonly inside: true;
  readonly guardrail: Guardrail;
}

/**
 * Whether a guardrail may check the content of calls: it evaluates prompts and answers in its own Region and, with a guardrail profile,
 * in each Region of that profile.
 *
 * @param account the calling account; without it, an ARN is refused, because another account's guardrail can't be told apart
 */
export function decideGuardrail(
  boundary: ResidencyBoundary,
  { id, version, region, profile }: NamedGuardrail,
  account?: string,
): AdmittedGuardrail | Refused {
  const source = decideRegion(boundary, region);
  const place: Place = { ...source.place, value: id };
  if (!source.inside) return source;
  if (!/^[1-9]\d{0,7}$/.test(version)) {
    return refused(
      place,
      'malformed',
      `'${version}' isn't a version number: create a version and name it, because 'DRAFT' changes without a deployment`,
    );
  }
  const named = id.startsWith('arn:') ? idOf(boundary, id, region, account, place) : id;
  if (typeof named !== 'string') return named;
  if (!/^[a-z0-9]{1,64}$/.test(named)) {
    return refused(place, 'malformed', `'${id}' is neither the ID nor the ARN of a guardrail`);
  }
  if (profile === undefined) return { inside: true, guardrail: { id: named, version, region } };
  const row = factsOf(boundary).profileFrom(profile, region);
  if (row !== undefined && row.kind !== 'guardrail') {
    return refused(place, 'malformed', `'${profile}' isn't a guardrail profile; ${insteadOf(boundary, region)}`);
  }
  const routed = decideProfile(boundary, region, profile, () => insteadOf(boundary, region));
  if (!routed.inside) return routed;
  const regions = [...((row && destinationsOf(row, region)) ?? [])].sort();
  return { inside: true, guardrail: { id: named, version, region, profile: { id: profile, regions } } };
}

/** What a guardrail in a Region can have in place of a refused profile. */
function insteadOf(boundary: ResidencyBoundary, region: string): string {
  const usable = factsOf(boundary).profiles.filter(
    ({ id, kind }) => kind === 'guardrail' && decideProfile(boundary, region, id, () => '').inside,
  );
  const named = usable.map(({ id }) => `use a guardrail with the profile '${id}', or `).join('');
  return `${named}leave out 'profile' and use a guardrail that has none, which evaluates content in ${region} only`;
}

/** The Regions in which a guardrail evaluates content: its own and, with a guardrail profile, those of the profile; sorted. */
export function guardrailRegions(
  boundary: ResidencyBoundary,
  { region, profile }: Pick<NamedGuardrail, 'region' | 'profile'>,
): string[] {
  const row = profile === undefined ? undefined : factsOf(boundary).profileFrom(profile, region);
  return [...new Set([region, ...((row && destinationsOf(row, region)) ?? [])])].sort();
}

function idOf(
  boundary: ResidencyBoundary,
  arn: string,
  region: string,
  account: string | undefined,
  place: Place,
): string | Refused {
  const parts = parseArn(arn);
  const id = /^guardrail\/(.+)$/.exec(parts?.resource ?? '')?.[1];
  if (parts?.service !== 'bedrock' || id === undefined) {
    return refused(place, 'malformed', `'${arn}' isn't the ARN of a guardrail`);
  }
  if (parts.region !== region) {
    return refused(place, 'outside', `'${arn}' belongs to '${parts.region}', but checks calls in ${region}`);
  }
  const decision = decideArn(boundary, arn);
  if (!decision.inside) return decision;
  if (parts.account !== account) {
    return refused(
      place,
      'opaque',
      `'${arn}' belongs to account ${parts.account}, ` +
        `${account === undefined ? 'and the calling account is unknown' : `but is used by ${account}`}; use a guardrail of the calling ` +
        `account, by its ID, such as '${id}'`,
    );
  }
  return id;
}

/**
 * Why no guardrail can check what a destination receives and answers; undefined if one can.
 *
 * @param regions the source Regions in which the tenant has a guardrail
 */
export function whyUnguarded(
  boundary: ResidencyBoundary,
  destination: AnyDestination,
  regions: readonly string[],
): string | undefined {
  if (destination.provider !== 'bedrock') return 'a guardrail checks only calls of models in Bedrock';
  if (likelyKind(factsOf(boundary), destination.modelId) === 'embedding') {
    return "a guardrail checks no embeddings; offer the model in a project of its own, without 'guardrail'";
  }
  if (destination.api !== undefined) {
    return `the gateway applies no guardrail to calls by the API '${destination.api}'; remove 'api', which uses Converse`;
  }
  if (regions.includes(destination.sourceRegion)) return undefined;
  return (
    `it is called in ${destination.sourceRegion}, and a guardrail checks only calls in its own Region; name a guardrail in ` +
    `${destination.sourceRegion} too`
  );
}
