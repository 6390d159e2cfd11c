import { decideArn } from '../../boundary/arn';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { type Decision, refused } from '../../boundary/decision';
import { decideHost } from '../../boundary/host';
import { decideProfile } from '../../boundary/profile';
import { decideRegion } from '../../boundary/region';
import { decideZone } from '../../boundary/zone';
import { GLOBAL_SERVICES } from '../../facts/generated/global-services';
import { HOSTS } from '../../facts/generated/hosts';
import { PARTITIONS } from '../../facts/generated/partitions';
import { REGIONS } from '../../facts/generated/regions';
import { SERVICE_DOMAINS } from '../../facts/generated/service-domains';
import { OPEN, OWN } from '../template/hole';
import type { Expected } from './expected';
import { AFTER, alternatives, BEFORE, literal } from './pattern';
import { ANY_PROFILE, isModelId, PROFILE } from './profile-text';
import type { Sighting } from './sighting';
import { Sightings } from './sightings';
import { ANY_ZONE_ID, isZone, ZONE_ID } from './zone-text';

const GEOGRAPHIES = alternatives(REGIONS.map((region) => region.code.slice(0, region.code.indexOf('-'))));
const DIRECTIONS = 'north|south|east|west|central|northeast|northwest|southeast|southwest';
/** Any code of the form that AWS gives Regions, known or not, in lower, upper or snake case, with what follows of a zone. */
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
  `(?<![A-Za-z0-9${OWN}${OPEN}_.-])(?:[A-Za-z0-9${OWN}${OPEN}_-]+\\.)+(?:${SUFFIXES})(?![A-Za-z0-9-]|\\.[A-Za-z0-9])`,
  'gi',
);
const OTHER_HOST = new RegExp(
  `(?<![A-Za-z0-9.-])(?:${[...HOSTS.map((host) => host.host)]
    .map((host) =>
      host
        .split(/<[^>]+>/)
        .map(literal)
        .join('[a-z0-9-]+'),
    )
    .join('|')})(?![A-Za-z0-9-]|\\.[A-Za-z0-9])`,
  'gi',
);
const ARN = /arn:[a-z-]+:[a-z0-9.-]+:[^:\s"']*:[^:\s"']*:[^\s"',]{1,2048}/g;
/** Identities are in no Region, whatever they are called: CDK names its roles after the Region that they deploy to. */
const IDENTITY = /arn:[a-z*-]+:(?:iam|sts)::[^:\s"']*:[^\s"',]+/g;

/** Cheap test that a text can name a place at all: most texts of a template have none of these signs. */
const WORTH_A_LOOK = /[-_]\d|(?:-az|lz)\d|[a-z0-9]\.[a-z]|arn:/i;

/** `sts.amazonaws.com` alone is the service's name, as principals and conditions use it; a URL makes it a host. */
const isServiceName = (host: string, isUrl: boolean) =>
  !isUrl && /^[a-z0-9-]+\.amazonaws\.com$/.test(host) && !DATA_HOSTS.has(host);
const DATA_HOSTS = new Set(
  GLOBAL_SERVICES.filter((service) => service.plane === 'data').map((service) => service.host),
);

/** Every place that a text names and that is refused: by Region, zone, ARN, host or cross-Region profile. */
export function refusedPlaces(
  boundary: ResidencyBoundary,
  text: string,
  deployRegion: string | undefined,
): readonly Sighting[] {
  const sightings = sightingsIn(boundary, text, deployRegion);
  return sightings.some(({ isLabel }) => isLabel) ? sightings.filter(({ isLabel }) => !isLabel) : sightings;
}

/**
 * The same with those that only stand in the name of an IAM identity.
 *
 * @param expected what the property is for
 */
export function sightingsIn(
  boundary: ResidencyBoundary,
  text: string,
  deployRegion: string | undefined,
  expected?: Expected,
): readonly Sighting[] {
  if (!WORTH_A_LOOK.test(text)) return NONE;
  if (text.length > MAX_LENGTH_REMEMBERED) return look({ boundary, text, deployRegion, expected });
  const memory = memoryOf(`${boundary.name} ${deployRegion} ${expected}`);
  const known = memory.get(text);
  if (known !== undefined) return known;
  const sightings = look({ boundary, text, deployRegion, expected });
  // Templates repeat the same texts thousands of times; the memory is emptied before it can grow without end.
  if (memory.size >= MAX_REMEMBERED) memory.clear();
  memory.set(text, sightings);
  return sightings;
}

const NONE: readonly Sighting[] = [];
const MAX_REMEMBERED = 20_000;
const MAX_LENGTH_REMEMBERED = 5000;
const remembered = new Map<string, Map<string, readonly Sighting[]>>();

/** What was seen before, for the same boundary, deploy Region and kind of property. */
function memoryOf(key: string): Map<string, readonly Sighting[]> {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const memory = new Map<string, readonly Sighting[]>();
  remembered.set(key, memory);
  return memory;
}

interface Look {
  readonly boundary: ResidencyBoundary;
  readonly text: string;
  readonly deployRegion: string | undefined;
  readonly expected: Expected | undefined;
}

function look({ boundary, text, deployRegion, expected }: Look): Sighting[] {
  const found = new Sightings(text.includes('arn:') ? [...text.matchAll(IDENTITY)] : []);
  const every = (pattern: RegExp, judge: (match: RegExpExecArray) => Decision | undefined) =>
    found.addAll(text.matchAll(pattern), judge);
  every(ARN, ([arn]) => judgeArn(arn, boundary));
  every(expected === 'model' ? ANY_PROFILE : PROFILE, ([id]) =>
    isModelId(id) ? decideProfile(boundary, deployRegion ?? '', id) : undefined,
  );
  every(AWS_HOST, (match) => judgeHost(match, boundary));
  every(OTHER_HOST, ([host]) => decideHost(boundary, host.toLowerCase()));
  found.addAll(text.matchAll(expected === 'zone' ? ANY_ZONE_ID : ZONE_ID), ([id]) => decideZone(boundary, id), 'code');
  found.addAll(text.matchAll(REGION), (match) => judgeRegion(match, expected === 'zone', boundary), 'code');
  return found.list();
}

function judgeArn(arn: string, boundary: ResidencyBoundary): Decision | undefined {
  const region = arn.split(':', 4)[3] ?? '';
  if (region.includes(OPEN)) {
    const detail = `the Region of '${arn}' is known only at deploy`;
    return refused({ kind: 'arn', value: arn }, 'placeless', detail);
  }
  // `${...}` in a text that is itself a template is filled in later; a wildcard is for the rules on policies.
  if (/[*?$]/.test(region) || region === OWN) return undefined;
  const decision = decideArn(boundary, arn);
  // A Region-less ARN (S3, IAM) has no place of its own; the rules that know the property judge it.
  return !decision.inside && decision.reason === 'placeless' ? undefined : decision;
}

function judgeHost(match: RegExpExecArray, boundary: ResidencyBoundary): Decision | undefined {
  const host = match[0].toLowerCase();
  const isUrl = match.input.startsWith('://', match.index - 3);
  if (host.includes(OPEN) || host.includes(OWN) || isServiceName(host, isUrl)) return undefined;
  const decision = decideHost(boundary, host);
  return !decision.inside && decision.reason === 'placeless' && !isUrl ? undefined : decision;
}

/** What follows a Region's code is judged only if it makes it a zone; elsewhere it is a part of some name. */
function judgeRegion(match: RegExpExecArray, isZoneExpected: boolean, boundary: ResidencyBoundary): Decision {
  const [, code = '', rest = ''] = match;
  const spelled = code.toLowerCase().replaceAll('_', '-');
  const decision = decideRegion(boundary, spelled);
  if (!decision.inside || rest === '') return decision;
  const zone = `${spelled}${rest.toLowerCase().replaceAll('_', '-')}`;
  return rest.length === 1 || isZoneExpected || isZone(zone) ? decideZone(boundary, zone) : decision;
}
