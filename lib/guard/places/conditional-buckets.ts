import { spelled } from '../template/node';
import { knownText, type Resource, type Selected } from '../template/resource';
import { namedValues } from './named-values';

/** Properties that name a bucket only if a neighbouring setting says so, and lists or maps of settings. */
export const CONDITIONAL_BUCKETS: Readonly<Record<string, (resource: Resource) => Selected[]>> = {
  'AWS::CodeBuild::Project': (resource) => [
    ...whereType(resource, ['Artifacts'], 'S3'),
    ...whereType(resource, ['SecondaryArtifacts', '*'], 'S3'),
    ...whereType(resource, ['Cache'], 'S3'),
  ],
  'AWS::EC2::FlowLog': (resource) =>
    resource.select('LogDestinationType').some(({ value }) => knownText(value) !== 'cloud-watch-logs')
      ? resource.select('LogDestination').filter(({ value }) => !isOfOtherService(value))
      : [],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (resource) =>
    ['access_logs.s3.bucket', 'connection_logs.s3.bucket', 'health_check_logs.s3.bucket'].flatMap((key) =>
      keyed(resource, 'LoadBalancerAttributes', key),
    ),
  'AWS::Glue::Job': (resource) =>
    ['DefaultArguments', 'NonOverridableArguments'].flatMap((name) =>
      namedValues(resource, [name], /^--(?:TempDir|spark-event-logs-path)$/),
    ),
  'AWS::KafkaConnect::Connector': (resource) =>
    namedValues(resource, ['ConnectorConfiguration'], /^(?:aws\.)?s3\.bucket(?:\.name)?$/),
  'AWS::NetworkFirewall::LoggingConfiguration': (resource) =>
    namedValues(resource, ['LoggingConfiguration', 'LogDestinationConfigs', '*', 'LogDestination'], /^bucketName$/),
  'AWS::Transfer::Agreement': (resource) =>
    [['BaseDirectory'], ['CustomDirectories', '*']].flatMap((path) => folders(resource, path)),
  'AWS::Transfer::User': (resource) =>
    [['HomeDirectory'], ['HomeDirectoryMappings', '*', 'Target']].flatMap((path) => folders(resource, path)),
};

/** The ARN of a log group or a delivery stream contains its Region. */
const isOfOtherService = (value: Selected['value']) => /^arn:[^:]*:(?!s3:)/.test(spelled(value));

/** Folders such as `/bucket/folder`, without the leading slash; a file system is in the Region. */
const folders = (resource: Resource, path: string[]): Selected[] =>
  resource
    .select(...path)
    .map(({ path: at, value }) => ({ path: at, value: typeof value === 'string' ? value.replace(/^\//, '') : value }))
    .filter(({ value }) => !/^fs-/.test(spelled(value)));

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
