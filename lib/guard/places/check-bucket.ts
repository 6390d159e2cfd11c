import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DeclaredPlaces } from '../rule/declared-places';
import type { Violation } from '../rule/rule';
import { texts } from '../template/expand';
import { isMap, NotGiven, Reference, spelled, Unresolved } from '../template/node';
import { OWN_VALUE } from '../template/placeholder';
import type { Selected } from '../template/resource';
import { type Scope, section } from '../template/scope';

interface BucketContext {
  readonly boundary: ResidencyBoundary;
  readonly places: DeclaredPlaces;
  readonly scope: Scope;
}

/** Checks a value that names a bucket to which data is written: a name, an ARN or an `s3://` URL. */
export function checkBucket({ path, value }: Selected, { boundary, places, scope }: BucketContext): Violation[] {
  if (value instanceof Reference && BUCKETS.includes(value.type ?? '')) return [];
  if (value instanceof NotGiven) return [{ path, level: 'info', detail: `no bucket is set: ${value.reason}` }];
  if (value instanceof Unresolved || value instanceof Reference) {
    return [{ path, level: 'unresolved', detail: `the bucket can't be decided: ${reasonOf(value)}` }];
  }
  const name = bucketName(spelled(value));
  // An empty string, such as the default of an optional parameter, names nothing.
  if (name === '') return [];
  const country = places.bucketCountry(name);
  if (country !== undefined) {
    const place = { kind: 'country' as const, value: name, country };
    const detail = `the bucket is declared to be in ${country}, outside ${boundary.label}`;
    return boundary.containsCountry(country) ? [] : [{ path, value: name, place, detail }];
  }
  if (isOwnName(name, scope.deployRegion) || namesOfBuckets(scope).has(name)) return [];
  const detail = 'data is written to a bucket whose Region is unknown';
  return [{ path, value: name, level: 'unresolved', detail }];
}

/** The bucket name in `s3://bucket/key`, in an ARN, in an S3 host, or alone. */
const bucketName = (text: string) =>
  text
    .replace(/^s3:\/\//, '')
    .replace(/^arn:[^:]*:s3:::/, '')
    .replace(/^([^/]+)\.s3\.(?:[a-z0-9-]+\.)?amazonaws\.com(?=\/|$)/, '$1')
    .split('/')[0] ?? '';

/** A bucket in the app, or one named after the deploy Region, as CDK names its own buckets. */
const isOwnName = (name: string, region: string | undefined) =>
  name === OWN_VALUE || (region !== undefined && name.includes(OWN_VALUE) && name.includes(region));

const reasonOf = (value: Unresolved | Reference) =>
  value instanceof Unresolved ? value.reason : `'${value.logicalId}' isn't a bucket in the app`;

const BUCKETS = ['AWS::S3::Bucket', 'AWS::S3Express::DirectoryBucket', 'AWS::S3Tables::TableBucket'];

const known = new WeakMap<Scope, ReadonlySet<string>>();

/** Names that the template gives its own buckets, which are in the deploy Region. */
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
