import { decideArn } from '../../boundary/arn';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideCloudLocation } from '../../boundary/cloud-location';
import { type Decision, refused } from '../../boundary/decision';
import { factsOf } from '../../boundary/facts-of';
import { decideHost } from '../../boundary/host';
import { hostSource, matchesHost } from '../../boundary/host-pattern';
import { decideProfile } from '../../boundary/profile';
import { decideRegion } from '../../boundary/region';
import { decideZone } from '../../boundary/zone';
import type { Facts } from '../../facts/facts';
import { CLOUD_LOCATIONS } from '../../facts/generated/cloud-locations';
import { GLOBAL_SERVICES } from '../../facts/generated/global-services';
import { OUTSIDE_HOSTS } from '../../facts/generated/outside-hosts';
import { PARTITIONS } from '../../facts/generated/partitions';
import { REGIONS } from '../../facts/generated/regions';
import { SERVICE_DOMAINS } from '../../facts/generated/service-domains';
import { OWN_VALUE, UNRESOLVED } from '../template/placeholder';
import type { Expected } from './expected';
import { AFTER, alternatives, BEFORE } from './pattern';
import type { PlaceMatch } from './place-match';
import { PlaceMatches } from './place-matches';
import { ANY_PROFILE, isModelId, PROFILE } from './profile-text';
import { ANY_ZONE_ID, isZone, ZONE_ID } from './zone-text';

const GEOGRAPHIES = alternatives(REGIONS.map((region) => region.code.slice(0, region.code.indexOf('-'))));
const DIRECTIONS = 'north|south|east|west|central|northeast|northwest|southeast|southwest';
/** Any code in the form of an AWS Region, known or not, in lower, upper or snake case, with the rest of a zone's name. */
const REGION = new RegExp(
  `${BEFORE}((?:${GEOGRAPHIES})(?:[-_](?:gov|iso[a-z]?|de))?[-_](?:${DIRECTIONS})[-_]\\d)([-_](?:wl\\d[-_])?[a-z]{3}[-_](?:wlz[-_])?\\d+[a-z]?|[a-z])?${AFTER}`,
  'gi',
);
const SUFFIXES = alternatives([
  ...PARTITIONS.flatMap((partition) => partition.dnsSuffixes),
  ...REGIONS.map((region) => region.dnsSuffix),
  ...SERVICE_DOMAINS.map((domain) => domain.suffix),
]);
const AWS_HOST = new RegExp(
  `(?<![A-Za-z0-9${OWN_VALUE}${UNRESOLVED}_.-])(?:[A-Za-z0-9${OWN_VALUE}${UNRESOLVED}_-]+\\.)+(?:${SUFFIXES})(?![A-Za-z0-9-]|\\.[A-Za-z0-9])`,
  'gi',
);
const otherHosts = (facts: Facts) =>
  new RegExp(
    `(?<![A-Za-z0-9.-])(?:${[...facts.hosts, ...OUTSIDE_HOSTS].map(({ host }) => hostSource(host)).join('|')})` +
      '(?![A-Za-z0-9-]|\\.[A-Za-z0-9])',
    'gi',
  );
const isDistinct = (name: string) => !['us', 'eu', 'asia', 'global'].includes(name);
/**
 * Azure's and Google's names of their locations, in texts and paths, and Google's zones. Google's `us`, `eu`, `asia` and `global` are
 * words of ordinary texts, so they don't count.
 */
const CLOUD_LOCATION = new RegExp(
  `(?<![A-Za-z0-9_.-])(${alternatives(CLOUD_LOCATIONS.map(({ name }) => name).filter(isDistinct))})(?:-[a-z])?(?![A-Za-z0-9_-]|\\.[A-Za-z0-9])`,
  'gi',
);
const ARN = /arn:[a-z-]+:[a-z0-9.-]+:[^:\s"']*:[^:\s"']*:[^\s"',]{1,2048}/g;
/** Identities are in no Region, whatever their names: CDK names its roles after the Region that they deploy to. */
const IDENTITY = /arn:[a-z*-]+:(?:iam|sts)::[^:\s"']*:[^\s"',]+/g;

/** A cheap test for whether a text can name a place at all: most texts in a template match none of these. */
const MAY_NAME_PLACE = /[-_]\d|(?:-az|lz)\d|[a-z0-9]\.[a-z]|arn:|north|south|east|west|central/i;

/** `sts.amazonaws.com` alone is the service's name, as principals and conditions use it; a URL makes it a host. */
const isServiceName = (host: string, isUrl: boolean) =>
  !isUrl && /^[a-z0-9-]+\.amazonaws\.com$/.test(host) && !DATA_HOSTS.has(host);
const DATA_HOSTS = new Set(
  GLOBAL_SERVICES.filter((service) => service.plane === 'data').map((service) => service.host),
);

/** Every refused place in a text: Region, zone, ARN, host or cross-Region profile. */
export function refusedPlaces(
  boundary: ResidencyBoundary,
  text: string,
  deployRegion: string | undefined,
): readonly PlaceMatch[] {
  const matches = placeMatchesIn(boundary, text, deployRegion);
  return matches.some(({ isIdentityName }) => isIdentityName)
    ? matches.filter(({ isIdentityName }) => !isIdentityName)
    : matches;
}

/**
 * The same, including places that are only part of the name of an IAM identity.
 *
 * @param expected the property's purpose
 */
export function placeMatchesIn(
  boundary: ResidencyBoundary,
  text: string,
  deployRegion: string | undefined,
  expected?: Expected,
): readonly PlaceMatch[] {
  if (!MAY_NAME_PLACE.test(text)) return NONE;
  if (text.length > MAX_CACHED_LENGTH) return scan({ boundary, text, deployRegion, expected });
  const facts = factsOf(boundary);
  const cache = ofFacts(facts).cacheFor(`${facts.today} ${boundary.name} ${deployRegion} ${expected}`);
  const known = cache.get(text);
  if (known !== undefined) return known;
  const matches = scan({ boundary, text, deployRegion, expected });
  // Templates repeat the same texts thousands of times; clearing the cache limits its size.
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(text, matches);
  return matches;
}

const NONE: readonly PlaceMatch[] = [];
const MAX_CACHED = 20_000;
const MAX_CACHED_LENGTH = 5000;

/** What a scan derives from facts. */
class OfFacts {
  public readonly otherHosts: RegExp;
  private readonly caches = new Map<string, Map<string, readonly PlaceMatch[]>>();

  constructor(facts: Facts) {
    this.otherHosts = otherHosts(facts);
  }

  /** Earlier results for the same day, boundary, deploy Region and kind of property. */
  public cacheFor(key: string): Map<string, readonly PlaceMatch[]> {
    const known = this.caches.get(key);
    if (known !== undefined) return known;
    const cache = new Map<string, readonly PlaceMatch[]>();
    this.caches.set(key, cache);
    return cache;
  }
}

const derived = new WeakMap<Facts, OfFacts>();

function ofFacts(facts: Facts): OfFacts {
  const known = derived.get(facts);
  if (known !== undefined) return known;
  const made = new OfFacts(facts);
  derived.set(facts, made);
  return made;
}

interface ScanInput {
  readonly boundary: ResidencyBoundary;
  readonly text: string;
  readonly deployRegion: string | undefined;
  readonly expected: Expected | undefined;
}

function scan({ boundary, text, deployRegion, expected }: ScanInput): PlaceMatch[] {
  const matches = new PlaceMatches(text.includes('arn:') ? [...text.matchAll(IDENTITY)] : []);
  const every = (pattern: RegExp, decide: (match: RegExpExecArray) => Decision | undefined) =>
    matches.addAll(text.matchAll(pattern), decide);
  every(ARN, ([arn]) => decideArnIn(arn, boundary));
  every(expected === 'model' ? ANY_PROFILE : PROFILE, ([id]) =>
    isModelId(id) ? decideProfile(boundary, deployRegion ?? '', id) : undefined,
  );
  every(AWS_HOST, (match) => decideHostIn(match, boundary));
  every(ofFacts(factsOf(boundary)).otherHosts, ([host]) => decideOtherHost(boundary, host.toLowerCase()));
  every(CLOUD_LOCATION, ([, name = '']) => decideCloudLocation(boundary, name.toLowerCase()));
  const zoneIds = text.matchAll(expected === 'zone' ? ANY_ZONE_ID : ZONE_ID);
  matches.addAll(zoneIds, ([id]) => decideZone(boundary, id), 'code');
  matches.addAll(text.matchAll(REGION), (match) => decideRegionIn(match, expected === 'zone', boundary), 'code');
  return matches.list();
}

function decideArnIn(arn: string, boundary: ResidencyBoundary): Decision | undefined {
  const region = arn.split(':', 4)[3] ?? '';
  if (region.includes(UNRESOLVED)) {
    const detail = `the Region of '${arn}' is known only at deployment`;
    return refused({ kind: 'arn', value: arn }, 'placeless', detail);
  }
  // `${...}` in a text that is itself a template is filled in later; the rules on policies check wildcards.
  if (/[*?$]/.test(region) || region === OWN_VALUE) return undefined;
  const decision = decideArn(boundary, arn);
  // An ARN without a Region (S3, IAM) has no place of its own; the rules that know the property decide on it.
  return !decision.inside && decision.reason === 'placeless' ? undefined : decision;
}

/** A host of the facts, or of a known AI provider that is outside every boundary. */
function decideOtherHost(boundary: ResidencyBoundary, host: string): Decision {
  const known = OUTSIDE_HOSTS.find((row) => matchesHost(row.host, host));
  if (known === undefined) return decideHost(boundary, host);
  const detail = `'${host}' (${known.provider}) processes data in: ${known.processingScope}`;
  return refused({ kind: 'host', value: host }, 'outside', detail);
}

function decideHostIn(match: RegExpExecArray, boundary: ResidencyBoundary): Decision | undefined {
  const host = match[0].toLowerCase();
  const isUrl = match.input.startsWith('://', match.index - 3);
  if (host.includes(UNRESOLVED) || host.includes(OWN_VALUE) || isServiceName(host, isUrl)) return undefined;
  const decision = decideHost(boundary, host);
  return !decision.inside && decision.reason === 'placeless' && !isUrl ? undefined : decision;
}

/** The suffix of a Region's code counts only if it makes the code a zone; otherwise it is part of some name. */
function decideRegionIn(match: RegExpExecArray, isZoneExpected: boolean, boundary: ResidencyBoundary): Decision {
  const [, code = '', rest = ''] = match;
  const spelled = code.toLowerCase().replaceAll('_', '-');
  const decision = decideRegion(boundary, spelled);
  if (!decision.inside || rest === '') return decision;
  const zone = `${spelled}${rest.toLowerCase().replaceAll('_', '-')}`;
  return rest.length === 1 || isZoneExpected || isZone(zone) ? decideZone(boundary, zone) : decision;
}
