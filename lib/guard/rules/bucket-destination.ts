import { checkBucket } from '../places/check-bucket';
import { placeProperties, typesWith } from '../places/place-properties';
import type { ResourceRule } from '../rule/rule';
import { spelled } from '../template/node';
import { knownText, type Resource, type Selected } from '../template/resource';

/** Properties that name a bucket only if a neighbouring setting says so, and lists of key-value pairs. */
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
  title: 'Data is written only to buckets known to be inside the boundary',
  why: "A bucket's name and ARN don't reveal its Region, and the resource writes data to it.",
  fix: "Write to a bucket in the same app, or declare the bucket under 'places' (bucket, country, reason).",
  source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html',
  appliesTo: [...new Set([...typesWith('bucket'), ...Object.keys(CONDITIONAL)])],

  *check(resource, context) {
    const buckets = [...placeProperties(resource, 'bucket'), ...(CONDITIONAL[resource.type]?.(resource) ?? [])];
    for (const bucket of buckets) yield* checkBucket(bucket, context);
  },
};

/** The ARN of a log group or a delivery stream contains its Region. */
const isOfOtherService = (value: Selected['value']) => /^arn:[^:]*:(?!s3:)/.test(spelled(value));

/** The values under one key in a list of `Key` and `Value` pairs. */
function keyed(resource: Resource, list: string, key: string): Selected[] {
  return resource
    .select(list, '*', 'Key')
    .filter(({ value }) => knownText(value) === key)
    .flatMap(({ path }) => resource.select(...steps(path).slice(0, -1), 'Value'))
    .filter(({ value }) => value !== '');
}

/** Each `Location` whose neighbouring `Type` is, or may be, the given type. */
function whereType(resource: Resource, parent: string[], type: string): Selected[] {
  return resource
    .select(...parent, 'Type')
    .filter(({ value }) => (knownText(value) ?? type) === type)
    .flatMap(({ path }) => resource.select(...steps(path).slice(0, -1), 'Location'));
}

const steps = (pointer: string) => pointer.replace('/Properties/', '').split('/');
