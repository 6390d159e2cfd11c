import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DeclaredPlaces } from '../rule/declared-places';
import type { Breach } from '../rule/rule';
import { texts } from '../template/expand';
import { OWN } from '../template/hole';
import { isMap, NotGiven, Reference, spelled, Unresolved } from '../template/node';
import type { Selected } from '../template/resource';
import { type Scope, section } from '../template/scope';

interface Judge {
  readonly boundary: ResidencyBoundary;
  readonly places: DeclaredPlaces;
  readonly scope: Scope;
}

/** Judges a value that names a bucket which data is written to, by a name, an ARN or an `s3://` address. */
export function judgeBucket({ path, value }: Selected, { boundary, places, scope }: Judge): Breach[] {
  if (value instanceof Reference && BUCKETS.includes(value.type ?? '')) return [];
  if (value instanceof NotGiven) return [{ path, level: 'info', detail: `no bucket is named: ${value.reason}` }];
  if (value instanceof Unresolved || value instanceof Reference) {
    return [{ path, level: 'unresolved', detail: `the bucket can't be decided: ${reasonOf(value)}` }];
  }
  const name = bucketName(spelled(value));
  // An empty text, as the default of a parameter that may be left out, names nothing.
  if (name === '') return [];
  const country = places.bucketCountry(name);
  if (country !== undefined) {
    const place = { kind: 'country' as const, value: name, country };
    const detail = `the bucket is declared to be in ${country}, outside ${boundary.label}`;
    return boundary.containsCountry(country) ? [] : [{ path, value: name, place, detail }];
  }
  if (isOwnName(name, scope.deployRegion) || namesOfBuckets(scope).has(name)) return [];
  const detail = 'data is written to a bucket whose Region nothing states';
  return [{ path, value: name, level: 'unresolved', detail }];
}

/** The bucket in `s3://bucket/key`, in an ARN, in a host of S3, or alone. */
const bucketName = (text: string) =>
  text
    .replace(/^s3:\/\//, '')
    .replace(/^arn:[^:]*:s3:::/, '')
    .replace(/^([^/]+)\.s3\.(?:[a-z0-9-]+\.)?amazonaws\.com(?=\/|$)/, '$1')
    .split('/')[0] ?? '';

/** The bucket of a resource of the app, or one named after the Region that is deployed to, as CDK names its own. */
const isOwnName = (name: string, region: string | undefined) =>
  name === OWN || (region !== undefined && name.includes(OWN) && name.includes(region));

const reasonOf = (value: Unresolved | Reference) =>
  value instanceof Unresolved ? value.reason : `'${value.logicalId}' is no bucket of the app`;

const BUCKETS = ['AWS::S3::Bucket', 'AWS::S3Express::DirectoryBucket', 'AWS::S3Tables::TableBucket'];

const known = new WeakMap<Scope, ReadonlySet<string>>();

/** Names that the template itself gives to buckets: those are in the Region that it is deployed to. */
function namesOfBuckets(scope: Scope): ReadonlySet<string> {
  const before = known.get(scope);
  if (before !== undefined) return before;
  const names = new Set(
    Object.values(section(scope.template, 'Resources')).flatMap((resource) =>
      isMap(resource) && BUCKETS.includes(spelled(resource.Type)) && isMap(resource.Properties)
        ? texts(resource.Properties.BucketName, scope).filter((name) => name !== '')
        : [],
    ),
  );
  known.set(scope, names);
  return names;
}
