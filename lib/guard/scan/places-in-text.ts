import { decideArn } from '../../boundary/arn';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { type Refused, refused } from '../../boundary/decision';
import { decideHost } from '../../boundary/host';
import { decideProfile } from '../../boundary/profile';
import { decideRegion } from '../../boundary/region';
import { decideZone } from '../../boundary/zone';
import { GLOBAL_SERVICES } from '../../facts/generated/global-services';
import { HOSTS } from '../../facts/generated/hosts';
import { MODEL_RETENTION } from '../../facts/generated/model-retention';
import { PARTITIONS } from '../../facts/generated/partitions';
import { PROFILE_PREFIXES } from '../../facts/generated/profile-prefixes';
import { REGIONS } from '../../facts/generated/regions';
import { SERVICE_DOMAINS } from '../../facts/generated/service-domains';
import { ZONES } from '../../facts/generated/zones';
import { OPEN, OWN } from '../template/hole';

/** A place that a text names and that the boundary refuses. */
export interface Sighting {
  /** The part of the text that names it. */
  readonly value: string;
  readonly decision: Refused;
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const alternatives = (words: Iterable<string>) =>
  [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .map(literal)
    .join('|');

/** What can't stand beside a code without making it another word. A hyphen can: `backup-us-east-1` names Virginia. */
const BEFORE = '(?<![A-Za-z0-9])';
const AFTER = '(?![A-Za-z0-9])';

const GEOGRAPHIES = alternatives(REGIONS.map((region) => region.code.slice(0, region.code.indexOf('-'))));
const DIRECTIONS = 'north|south|east|west|central|northeast|northwest|southeast|southwest';
/** Any code of the form that AWS gives Regions, known or not, in lower, upper or snake case, with what follows of a zone. */
const REGION = new RegExp(
  `${BEFORE}((?:${GEOGRAPHIES})(?:[-_](?:gov|iso[a-z]?|de))?[-_](?:${DIRECTIONS})[-_]\\d)(-(?:wl\\d-)?[a-z]{3}-(?:wlz-)?\\d+[a-z]?|[a-z])?${AFTER}`,
  'gi',
);
const ZONE_NAME = new RegExp(
  `${BEFORE}(${alternatives(ZONES.flatMap((zone) => [zone.name, zone.zoneId]).filter((name) => name !== null))}|` +
    `[a-z]{2,5}\\d-az\\d)${AFTER}`,
  'g',
);
const VENDORS = alternatives(MODEL_RETENTION.map((row) => row.modelId.slice(0, row.modelId.indexOf('.'))));
/** A profile of any geography that is known, or of any at all before a vendor that is known. */
const PROFILE = new RegExp(
  `(?<![A-Za-z0-9.-])(?:(?:${alternatives(PROFILE_PREFIXES)})\\.[a-z0-9]+\\.[a-z][A-Za-z0-9:-]*(?:\\.[0-9][A-Za-z0-9:-]*)*|` +
    `[a-z]{2,6}\\.(?:${VENDORS})\\.[A-Za-z0-9.:-]+|` +
    `(?:${alternatives(PROFILE_PREFIXES)})\\.(?:guardrail\\.v\\d+:\\d+|data-automation-v\\d+))(?![A-Za-z0-9-]|\\.[A-Za-z])`,
  'g',
);
/** What a model's id has and a host's name hasn't: a version. */
const isModelId = (id: string) => /\d/.test(id.slice(id.indexOf('.') + 1)) && /[-:]/.test(id);
const SUFFIXES = alternatives([
  ...PARTITIONS.flatMap((partition) => partition.dnsSuffixes),
  ...REGIONS.map((region) => region.dnsSuffix),
  ...SERVICE_DOMAINS.map((domain) => domain.suffix),
]);
const AWS_HOST = new RegExp(
  `(?<![A-Za-z0-9.-])(?:[A-Za-z0-9${OWN}${OPEN}_-]+\\.)+(?:${SUFFIXES})(?![A-Za-z0-9-]|\\.[A-Za-z0-9])`,
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
const ARN = /arn:[a-z-]+:[a-z0-9.-]+:[^:\s"']*:[^:\s"']*:[^\s"',]+/g;

/** Cheap test that a text can name a place at all: most texts of a template have none of these signs. */
const WORTH_A_LOOK = /[-_]\d|(?:-az|lz)\d|[a-z0-9]\.[a-z]|arn:/i;

/** `sts.amazonaws.com` alone is the service's name, as principals and conditions use it; a URL makes it a host. */
const isServiceName = (text: string, host: string) =>
  /^[a-z0-9-]+\.amazonaws\.com$/.test(host) && !DATA_HOSTS.has(host) && !text.toLowerCase().includes(`://${host}`);
const DATA_HOSTS = new Set(
  GLOBAL_SERVICES.filter((service) => service.plane === 'data').map((service) => service.host),
);

/** Every place that a text names and that is refused: by Region, zone, ARN, host or cross-Region profile. */
export function refusedPlaces(
  boundary: ResidencyBoundary,
  text: string,
  deployRegion: string | undefined,
): readonly Sighting[] {
  if (!WORTH_A_LOOK.test(text)) return NONE;
  const memory = memoryOf(boundary, deployRegion);
  const known = memory.get(text);
  if (known !== undefined) return known;
  const sightings = look(boundary, text, deployRegion);
  // Templates repeat the same texts thousands of times; the memory is emptied before it can grow without end.
  if (memory.size >= MAX_REMEMBERED) memory.clear();
  memory.set(text, sightings);
  return sightings;
}

const NONE: readonly Sighting[] = [];
const MAX_REMEMBERED = 20_000;
const remembered = new Map<string, Map<string, readonly Sighting[]>>();

/** What was seen before, for the same boundary and deploy Region. */
function memoryOf(boundary: ResidencyBoundary, deployRegion: string | undefined): Map<string, readonly Sighting[]> {
  const key = `${boundary.name} ${deployRegion}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const memory = new Map<string, readonly Sighting[]>();
  remembered.set(key, memory);
  return memory;
}

function look(boundary: ResidencyBoundary, text: string, deployRegion: string | undefined): Sighting[] {
  const found = new Map<string, Sighting>();
  const add = (value: string, decision: { readonly inside: boolean }) => {
    if (!decision.inside && !found.has(value)) found.set(value, { value, decision: decision as Refused });
  };
  for (const [value] of text.matchAll(ARN)) addArn(value, boundary, add);
  for (const [value] of text.matchAll(PROFILE)) {
    if (isModelId(value)) add(value, decideProfile(boundary, deployRegion ?? '', value));
  }
  for (const [value] of text.matchAll(ZONE_NAME)) add(value, decideZone(boundary, value));
  for (const [value] of text.matchAll(AWS_HOST)) addHost(text, value.toLowerCase(), boundary, add);
  for (const [value] of text.matchAll(OTHER_HOST)) add(value, decideHost(boundary, value.toLowerCase()));
  for (const [value, code = '', rest = ''] of text.matchAll(REGION)) addRegion(value, code, rest, boundary, add);
  return withoutParts([...found.values()]);
}

type Add = (value: string, decision: { readonly inside: boolean }) => void;

function addArn(arn: string, boundary: ResidencyBoundary, add: Add): void {
  const region = arn.split(':')[3] ?? '';
  if (region.includes(OPEN)) {
    const detail = `the Region of '${arn}' is known only at deploy`;
    add(arn, refused({ kind: 'arn', value: arn }, 'placeless', detail));
  }
  // `${...}` in a text that is itself a template is filled in later; a wildcard is for the rules on policies.
  if (/[*?$]/.test(region) || region.includes(OPEN) || region === OWN) return;
  const decision = decideArn(boundary, arn);
  // A Region-less ARN (S3, IAM) has no place of its own; the rules that know the property judge it.
  if (!decision.inside && decision.reason !== 'placeless') add(arn, decision);
}

function addHost(text: string, host: string, boundary: ResidencyBoundary, add: Add): void {
  if (host.includes(OPEN) || host.includes(OWN) || isServiceName(text, host)) return;
  const decision = decideHost(boundary, host);
  const isUrl = text.toLowerCase().includes(`://${host}`);
  if (!decision.inside && (decision.reason !== 'placeless' || isUrl)) add(host, decision);
}

function addRegion(value: string, code: string, rest: string, boundary: ResidencyBoundary, add: Add): void {
  const spelled = code.toLowerCase().replaceAll('_', '-');
  const decision = decideRegion(boundary, spelled);
  add(value, decision.inside && rest !== '' ? decideZone(boundary, `${spelled}${rest}`) : decision);
}

/** A Region inside an ARN that is refused already isn't a second sighting. */
function withoutParts(sightings: Sighting[]): Sighting[] {
  return sightings.filter((one) => !sightings.some((other) => other !== one && other.value.includes(one.value)));
}
