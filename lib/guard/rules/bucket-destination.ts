import { judgeBucket } from '../places/judge-bucket';
import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule } from '../rule/rule';
import { spelled } from '../template/node';
import { knownText, type Resource, type Selected } from '../template/resource';

/** Properties that name a bucket only if a setting beside them says so; a list without end is read item by item. */
const CONDITIONAL: Readonly<Record<string, (resource: Resource) => Selected[]>> = {
  'AWS::EC2::FlowLog': (resource) =>
    resource.select('LogDestinationType').some(({ value }) => knownText(value) !== 'cloud-watch-logs')
      ? resource.select('LogDestination').filter(({ value }) => !isOfOtherService(value))
      : [],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (resource) =>
    ['access_logs.s3.bucket', 'connection_logs.s3.bucket', 'health_check_logs.s3.bucket'].flatMap((key) =>
      keyed(resource, 'LoadBalancerAttributes', key),
    ),
  'AWS::CodeBuild::Project': (resource) => [
    ...whereType(resource, ['Artifacts'], 'S3'),
    ...whereType(resource, ['SecondaryArtifacts', '*'], 'S3'),
    ...whereType(resource, ['Cache'], 'S3'),
  ],
};

export const bucketDestination: ResourceRule = {
  id: 'bucket-destination',
  title: 'Data is written only to buckets that are known to be inside',
  why: "A bucket's name and ARN don't say in which Region it is, and the property writes data to it.",
  fix: "Write to a bucket of the same app, or declare the bucket under 'places' (bucket, country, reason).",
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html',
  appliesTo: [...new Set([...typesWith('bucket'), ...Object.keys(CONDITIONAL)])],

  *check(resource, context) {
    const named = [...placeProperties(resource, 'bucket'), ...(CONDITIONAL[resource.type]?.(resource) ?? [])];
    for (const bucket of named) yield* judgeBucket(bucket, context);
  },
};

/** A log group or a delivery stream says its Region itself. */
const isOfOtherService = (value: Selected['value']) => /^arn:[^:]*:(?!s3:)/.test(spelled(value));

/** The values of the items of a list of `Key` and `Value` that have a key. */
function keyed(resource: Resource, list: string, key: string): Selected[] {
  return resource
    .select(list, '*', 'Key')
    .filter(({ value }) => knownText(value) === key)
    .flatMap(({ path }) => resource.select(...steps(path).slice(0, -1), 'Value'))
    .filter(({ value }) => value !== '');
}

/** The `Location` beside a `Type` that can be what is asked for. */
function whereType(resource: Resource, parent: string[], type: string): Selected[] {
  return resource
    .select(...parent, 'Type')
    .filter(({ value }) => (knownText(value) ?? type) === type)
    .flatMap(({ path }) => resource.select(...steps(path).slice(0, -1), 'Location'));
}

const steps = (pointer: string) => pointer.replace('/Properties/', '').split('/');
