import { HOSTS } from '../../facts/generated/hosts';
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

/** Every place is one that the facts don't know, and narrow enough to be one place. */
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
    return problem('; allowed: a bare host name such as api.example.de, without scheme, port and path');
  }
  if (host.includes('*') && labels.slice(-2).some((label) => label.includes('*'))) {
    return problem(", which fits hosts of anybody; end it in a domain of one owner, such as '*.example.de'");
  }
  const suffix = AWS_SUFFIXES.find((candidate) => labels.join('.').endsWith(candidate));
  if (suffix !== undefined) return problem(', a host of AWS, whose place its Region decides; leave the row out');
  const declared = new DeclaredPlaces([{ host, country: 'XX', reason: '' }]);
  const known = HOSTS.find((row) => declared.hostCountry(row.host.replace(/<[^>]+>/g, 'x')) !== undefined);
  if (known === undefined) return [];
  return problem(
    `, but where '${known.host}' (${known.provider}) processes is known: ${known.processingScope}; if it may be all the same, write an exception`,
  );
}

function wrongName({ bucket, type }: Place, at: Path): Problem[] {
  const problems: Problem[] = [];
  if (bucket !== undefined && isCatchAll(bucket)) {
    problems.push({
      path: [...at, 'bucket'],
      text: `found '${bucket}', which fits buckets of anybody; begin it with your own prefix`,
    });
  }
  const [namespace = ''] = type?.split('::') ?? [];
  if (/^Custom$/i.test(namespace)) {
    const text = `found '${type}'; a custom resource never passes by the name of its type, write an exception`;
    problems.push({ path: [...at, 'type'], text });
  }
  // A type of AWS that hands data to others has a place of its owner's choosing; all types of a service don't.
  if (/^(?:AWS|Alexa)$/i.test(namespace) && type?.includes('*')) {
    const text = `found '${type}'; name a type of AWS in full, such as AWS::Events::ApiDestination`;
    problems.push({ path: [...at, 'type'], text });
  }
  return problems;
}

function wrongCountry({ country }: Place, at: Path): Problem[] {
  if (country === undefined) return [];
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  if (names.of(country) !== undefined) return [];
  const guess = country === 'EL' ? "; did you mean 'GR'?" : '';
  return [{ path: [...at, 'country'], text: `found '${country}', which is the code of no country${guess}` }];
}
