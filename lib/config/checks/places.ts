import { matchesHost } from '../../boundary/host-pattern';
import { HOSTS } from '../../facts/generated/hosts';
import { OUTSIDE_HOSTS } from '../../facts/generated/outside-hosts';
import { PARTITIONS } from '../../facts/generated/partitions';
import { SERVICE_DOMAINS } from '../../facts/generated/service-domains';
import { DeclaredPlaces } from '../../guard/rule/declared-places';
import { isCatchAll } from '../../guard/rule/glob';
import { type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { DeclarationsFile } from '../schema/declarations-schema';

type Place = Partly<NonNullable<DeclarationsFile['places']>[number]>;

const AWS_SUFFIXES = [
  ...PARTITIONS.flatMap((partition) => partition.dnsSuffixes),
  ...SERVICE_DOMAINS.map((domain) => domain.suffix),
];

/** Every place is unknown to the facts, and narrow enough to be one place. */
export function checkPlaces({ places }: Partly<DeclarationsFile>): Problem[] {
  return present(places).flatMap(([index, place]) => {
    const at: Path = ['places', index];
    return [...notOne(place, at), ...wrongHost(place, at), ...wrongName(place, at), ...wrongCountry(place, at)];
  });
}

function notOne({ host, bucket, type }: Place, at: Path): Problem[] {
  const given = Object.entries({ host, bucket, type }).filter(([, value]) => value !== undefined);
  if (given.length === 1) return [];
  const found = given.length === 0 ? 'none' : given.map(([key]) => `'${key}'`).join(' and ');
  return [{ path: at, text: `found ${found}; allowed: exactly one of 'host', 'bucket' and 'type'` }];
}

function wrongHost({ host }: Place, at: Path): Problem[] {
  if (host === undefined) return [];
  const problem = (text: string) => [{ path: [...at, 'host'], text: `found '${host}'${text}` }];
  const labels = host.toLowerCase().split('.');
  if (!labels.every((label) => /^[a-z0-9*_]([a-z0-9*_-]*[a-z0-9*_])?$/.test(label))) {
    return problem('; allowed: a bare host name such as api.example.de, without scheme, port or path');
  }
  if (host.includes('*') && labels.slice(-2).some((label) => label.includes('*'))) {
    return problem(
      ", which matches hosts of any owner; end it with a domain of a single owner, such as '*.example.de'",
    );
  }
  const suffix = AWS_SUFFIXES.find((candidate) => labels.join('.').endsWith(candidate));
  if (suffix !== undefined) return problem(', an AWS host, whose place follows from its Region; remove the row');
  const declared = new DeclaredPlaces([{ host, country: 'XX', reason: '' }]);
  const known = [...HOSTS, ...OUTSIDE_HOSTS].find(
    (row) =>
      matchesHost(row.host, host.toLowerCase()) ||
      declared.hostCountry(row.host.replace(/<[^>]+>/g, 'x')) !== undefined,
  );
  if (known === undefined) return [];
  return problem(
    `, but the facts know where '${known.host}' (${known.provider}) processes: ${known.processingScope}; to allow it anyway, add an exception`,
  );
}

function wrongName({ bucket, type }: Place, at: Path): Problem[] {
  const problems: Problem[] = [];
  if (bucket !== undefined && isCatchAll(bucket)) {
    problems.push({
      path: [...at, 'bucket'],
      text: `found '${bucket}', which matches buckets of any owner; begin it with your own prefix`,
    });
  }
  const [namespace = ''] = type?.split('::') ?? [];
  if (/^Custom$/i.test(namespace)) {
    const text = `found '${type}'; a type alone never permits a custom resource, write an exception`;
    problems.push({ path: [...at, 'type'], text });
  }
  // The owner chooses the place of an AWS type that passes data to third parties, but not of all types of a service.
  if (/^(?:AWS|Alexa|aws(?:cc)?_.*)$/i.test(namespace) && type?.includes('*')) {
    const text = `found '${type}'; name an AWS type in full, such as AWS::Events::ApiDestination`;
    problems.push({ path: [...at, 'type'], text });
  }
  return problems;
}

function wrongCountry({ country }: Place, at: Path): Problem[] {
  if (country === undefined) return [];
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  if (names.of(country) !== undefined) return [];
  const guess = country === 'EL' ? "; did you mean 'GR'?" : '';
  return [{ path: [...at, 'country'], text: `found '${country}', which isn't a country code${guess}` }];
}
