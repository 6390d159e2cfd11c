import { EU_COUNTRIES } from '../facts/generated/countries';
import { GLOBAL_SERVICES } from '../facts/generated/global-services';
import { HOSTS } from '../facts/generated/hosts';
import { LABELS_AFTER_REGION } from '../facts/generated/labels-after-region';
import { PARTITIONS } from '../facts/generated/partitions';
import { REGIONS } from '../facts/generated/regions';
import { SERVICE_DOMAINS } from '../facts/generated/service-domains';
import { findRegion } from '../facts/region';
import { isReliable } from '../facts/reliance';
import type { ResidencyBoundary } from './boundary';
import { type Decision, inside, type Place, refused } from './decision';
import { matchesHost } from './host-pattern';
import { decideRegion } from './region';

const AWS_SUFFIXES = [...PARTITIONS.flatMap((p) => p.dnsSuffixes), ...REGIONS.map((r) => r.dnsSuffix)];
const longestFirst = (a: string, b: string) => b.length - a.length;
const SUFFIXES = [...new Set(AWS_SUFFIXES)].sort(longestFirst);
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

/**
 * Whether a host is inside the boundary. The Region in its name determines the place of an AWS host, its row in the facts
 * that of any other.
 *
 * @param host the bare name, in lower case, without port, user information or trailing dot
 */
export function decideHost(boundary: ResidencyBoundary, host: string): Decision {
  if (!host.split('.').every((label) => LABEL.test(label))) {
    return refused({ kind: 'host', value: host }, 'malformed', `'${host}' isn't a plain host name in lower case`);
  }
  const global = GLOBAL_SERVICES.find((service) => matchesHost(service.host, host));
  if (global !== undefined) {
    const place: Place = { kind: 'host', value: host, ...(global.homeRegion && placeOf(global.homeRegion)) };
    return refused(
      place,
      'anywhere',
      `'${host}' is the global endpoint of ${global.service}; use the regional endpoint`,
    );
  }
  const domain = SERVICE_DOMAINS.find(({ suffix }) => host.endsWith(`.${suffix}`));
  if (domain?.placement === 'edge') {
    return refused(
      { kind: 'host', value: host },
      'anywhere',
      `'${host}' (${domain.service}) is served from edge locations worldwide`,
    );
  }
  const suffix = domain?.suffix ?? SUFFIXES.find((candidate) => host.endsWith(`.${candidate}`));
  return suffix === undefined ? decideExternalHost(boundary, host) : decideAwsHost(boundary, host, suffix);
}

/** Whether AWS serves a host, by the suffixes of its partitions, Regions and services. */
export const isAwsHost = (host: string): boolean =>
  GLOBAL_SERVICES.some((service) => matchesHost(service.host, host)) ||
  [...SUFFIXES, ...SERVICE_DOMAINS.map(({ suffix }) => suffix)].some(
    (suffix) => host === suffix || host.endsWith(`.${suffix}`),
  );

function decideAwsHost(boundary: ResidencyBoundary, host: string, suffix: string): Decision {
  const label = regionLabel(host.slice(0, -suffix.length - 1).split('.'));
  if (label === undefined) {
    return refused({ kind: 'host', value: host }, 'placeless', `'${host}' has no Region; use the regional endpoint`);
  }
  const decision = decideRegion(boundary, label);
  const fact = findRegion(label);
  const place: Place = { ...decision.place, kind: fact ? 'host' : 'unknown', value: host };
  if (fact && !suffixesOf(fact.partition).includes(suffix) && !SERVICE_DOMAINS.some((d) => d.suffix === suffix)) {
    return refused(
      place,
      'malformed',
      `'${host}' combines a Region of partition ${fact.partition} with another partition's suffix`,
    );
  }
  return { ...decision, place };
}

/** The label of an AWS host that contains its Region. A bucket may be called `eu-west-1`, so the position matters. */
function regionLabel(labels: string[]): string | undefined {
  const last = labels.at(-1) ?? '';
  const legacyS3 = /^s3(?:-website)?-(.+-\d+)$/.exec(last)?.[1];
  if (legacyS3 !== undefined) return legacyS3;
  const label = labels.length > 1 && LABELS_AFTER_REGION.includes(last) ? labels.at(-2) : last;
  return label !== undefined && /^[a-z]{2,5}(-[a-z]+)+-\d+$/.test(label) ? label : undefined;
}

function decideExternalHost(boundary: ResidencyBoundary, host: string): Decision {
  // Not `factsOf`, which would bring every table to functions that decide on hosts alone.
  const rows = (boundary._facts?.hosts ?? HOSTS).filter((row) => matchesHost(row.host, host));
  const place: Place = { kind: rows.length === 0 ? 'unknown' : 'host', value: host };
  const [row] = rows;
  if (row === undefined) return refused(place, 'unknown', `the place of '${host}' is unknown`);
  // One host can serve several products; it is inside the boundary only if all of them are.
  const outside = rows.find((candidate) => !candidate.euOnly);
  if (outside !== undefined) {
    return refused(
      place,
      'outside',
      `'${host}' (${outside.provider}, ${outside.name}) processes data in: ${outside.processingScope}`,
    );
  }
  if (!rows.every(isReliable)) {
    return refused(place, 'unreliable', `no reliable source confirms where '${host}' processes data`);
  }
  const countries = rows.flatMap((candidate) => candidate.countries ?? EU_COUNTRIES);
  if (countries.every((country) => boundary.containsCountry(country))) return inside(place);
  const where = rows.some((candidate) => candidate.countries === null)
    ? 'anywhere in the EU'
    : `in ${countries.join(', ')}`;
  const detail = `'${host}' (${row.provider}) may process data ${where}, which is wider than ${boundary.label}`;
  return refused(place, 'outside', detail);
}

const suffixesOf = (partition: string) => [
  ...PARTITIONS.filter((p) => p.partition === partition).flatMap((p) => p.dnsSuffixes),
  ...REGIONS.filter((r) => r.partition === partition).map((r) => r.dnsSuffix),
];

const placeOf = (code: string) => {
  const fact = findRegion(code);
  return fact ? { region: code, country: fact.country } : {};
};
