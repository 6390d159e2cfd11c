import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { bucketDestination } from '@/lib/guard/rules/bucket-destination';
import { findingsOf, testRule } from './rule-tester';

const logs = (DestinationBucketName: unknown) => ({ LoggingConfiguration: { DestinationBucketName } });
const imported = { 'Fn::ImportValue': { 'Fn::Sub': '${Optional}-Bucket' } };
const NONE = { Ref: 'AWS::NoValue' };
const imports = () => ({ DestinationBucketName: { 'Fn::ImportValue': { 'Fn::Sub': '${Optional}-Bucket' } } });
const POINTER = '/Properties/LoggingConfiguration/DestinationBucketName';

testRule(bucketDestination, {
  type: 'AWS::S3::Bucket',
  template: {
    Parameters: { Open: { Type: 'String' }, Optional: { Type: 'String', Default: '' } },
    Conditions: {
      Missing: { 'Fn::Equals': [{ Ref: 'Optional' }, ''] },
      Given: { 'Fn::Not': [{ Condition: 'Missing' }] },
      Both: { 'Fn::And': [{ 'Fn::Equals': [{ Ref: 'Open' }, 'x'] }, { Condition: 'Given' }] },
      Either: { 'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'Open' }, 'x'] }, { Condition: 'Given' }] },
    },
    Resources: { Logs: { Type: 'AWS::S3::Bucket' } },
  },
  compliant: {
    'a bucket in the app': logs({ Ref: 'Logs' }),
    'a bucket named after the account': logs({ 'Fn::Sub': 'logs-${AWS::AccountId}-${AWS::Region}' }),
    'no logs': {},
    'none unless a parameter is set': logs({ Ref: 'Optional' }),
    'one imported only if a parameter is set': logs({ 'Fn::If': ['Given', imported, NONE] }),
    'the same, for its parent': { LoggingConfiguration: { 'Fn::If': ['Given', imports(), NONE] } },
    'the same, with the condition reversed': logs({ 'Fn::If': ['Missing', NONE, imported] }),
    'the same, with several conditions': logs({ 'Fn::If': ['Both', imported, NONE] }),
    'the host of a bucket in the app': logs({ 'Fn::Sub': '${Logs}.s3.amazonaws.com' }),
  },
  violating: {
    'a bucket known only by name': {
      properties: logs('central-logs'),
      found: ['central-logs'],
      level: 'unresolved',
    },
    'a bucket of the account in some Region': {
      properties: logs({ 'Fn::Sub': 'logs-${AWS::AccountId}' }),
      found: ['logs-…'],
      level: 'unresolved',
    },
    'one exported by another stack': {
      properties: logs({ 'Fn::ImportValue': { 'Fn::Sub': '${Open}-Bucket' } }),
      found: [POINTER],
      level: 'unresolved',
    },
    'one whose name may have a prefix that is empty by default': {
      properties: logs(imported),
      found: [POINTER],
      level: 'unresolved',
    },
    "one imported if the parameter isn't set": {
      properties: logs({ 'Fn::If': ['Missing', imported, NONE] }),
      found: [POINTER],
      level: 'unresolved',
    },
    'one that another value may also select': {
      properties: logs({ 'Fn::If': ['Either', imported, NONE] }),
      found: [POINTER],
      level: 'unresolved',
    },
    "the host of a third party's bucket": {
      properties: logs('central-logs.s3.eu-west-1.amazonaws.com'),
      found: ['central-logs'],
      level: 'unresolved',
    },
    'one known only at deployment': { properties: logs({ Ref: 'Open' }), found: [POINTER], level: 'unresolved' },
  },
});

testRule(bucketDestination, {
  type: 'AWS::Athena::WorkGroup',
  compliant: {},
  violating: {
    'a result location': {
      properties: { WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://results/athena/' } } },
      found: ['results'],
      level: 'unresolved',
    },
  },
});

const exported = (Parameters: object, call = 'dynamodb:exportTableToPointInTime') => ({
  DefinitionString: JSON.stringify({
    States: { Export: { Type: 'Task', Resource: `arn:aws:states:::aws-sdk:${call}`, Parameters } },
  }),
});

testRule(bucketDestination, {
  type: 'AWS::StepFunctions::StateMachine',
  compliant: {
    'an import': exported({ S3BucketSource: { S3Bucket: 'in' } }, 'dynamodb:importTable'),
    'an object that is read': exported({ Bucket: 'in', Key: 'k' }, 's3:getObject'),
  },
  violating: {
    'an export of a table': { properties: exported({ S3Bucket: 'out' }), found: ['out'], level: 'unresolved' },
    'an export to a bucket of the state': {
      properties: exported({ 'S3Bucket.$': '$.bucket' }),
      found: ['/Properties/DefinitionString/States/Export/Parameters/S3Bucket.$'],
      level: 'unresolved',
    },
    'an export of a database': {
      properties: exported({ S3BucketName: 'out' }, 'rds:startExportTask'),
      found: ['out'],
      level: 'unresolved',
    },
    'an export of logs': {
      properties: exported({ Destination: 'out' }, 'cloudwatchlogs:createExportTask'),
      found: ['out'],
      level: 'unresolved',
    },
    'an object that is written': {
      properties: exported({ Bucket: 'out', Key: 'k' }, 's3:putObject'),
      found: ['out'],
      level: 'unresolved',
    },
  },
});

const attribute = (Value: unknown) => ({ LoadBalancerAttributes: [{ Key: 'access_logs.s3.bucket', Value }] });

testRule(bucketDestination, {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  template: { Resources: { Logs: { Type: 'AWS::S3::Bucket' } } },
  compliant: {
    'logs to a bucket in the app': attribute({ Ref: 'Logs' }),
    'another setting': { LoadBalancerAttributes: [{ Key: 'idle_timeout.timeout_seconds', Value: '60' }] },
    'no logs': attribute(''),
  },
  violating: {
    "logs to a third party's bucket": { properties: attribute('elb-logs'), found: ['elb-logs'], level: 'unresolved' },
  },
});

testRule(bucketDestination, {
  type: 'AWS::EC2::FlowLog',
  template: { Resources: { Logs: { Type: 'AWS::S3::Bucket' } } },
  compliant: {
    'logs to a group': {
      LogDestinationType: 'cloud-watch-logs',
      LogDestination: 'arn:aws:logs:eu-central-1:1:log-group:a',
    },
    'logs to a bucket in the app': { LogDestinationType: 's3', LogDestination: { 'Fn::GetAtt': ['Logs', 'Arn'] } },
    'a delivery stream': {
      LogDestinationType: 'kinesis-data-firehose',
      LogDestination: 'arn:aws:firehose:eu-central-1:1:deliverystream/a',
    },
  },
  violating: {
    "logs to a third party's bucket": {
      properties: { LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::flow-logs/vpc' },
      found: ['flow-logs'],
      level: 'unresolved',
    },
  },
});

testRule(bucketDestination, {
  type: 'AWS::CodeBuild::Project',
  compliant: {
    'no artifacts': { Artifacts: { Type: 'NO_ARTIFACTS' }, Cache: { Type: 'LOCAL' } },
    'of the pipeline': { Artifacts: { Type: 'CODEPIPELINE' } },
  },
  violating: {
    artifacts: { properties: { Artifacts: { Type: 'S3', Location: 'out' } }, found: ['out'], level: 'unresolved' },
    'more artifacts': {
      properties: { SecondaryArtifacts: [{ Type: 'S3', Location: 'more' }] },
      found: ['more'],
      level: 'unresolved',
    },
    'a cache': { properties: { Cache: { Type: 'S3', Location: 'cache/p' } }, found: ['cache'], level: 'unresolved' },
  },
});

test.each([
  ['inside', 'DE', []],
  ['outside', 'US', ['block']],
])('a bucket declared %s', (_, country, expected) => {
  const rows = { type: 'AWS::S3::Bucket', places: [{ bucket: 'central-*', country, reason: 'ours' }] };
  expect(findingsOf(bucketDestination, logs('central-logs'), rows).map((finding) => finding.level)).toEqual(expected);
});

test('an import in two places, one of them unconditional, is unresolved in both', () => {
  const template = {
    Parameters: { Optional: { Type: 'String', Default: '' } },
    Conditions: { Given: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Optional' }, ''] }] } },
    Resources: { Other: { Type: 'AWS::S3::Bucket', Properties: logs(imported) } },
  };
  const properties = logs({ 'Fn::If': ['Given', imported, NONE] });
  const found = (sections: object) =>
    findingsOf(bucketDestination, properties, { type: 'AWS::S3::Bucket', template: { ...template, ...sections } });
  expect(found({}).map(({ level }) => level)).toEqual(['unresolved']);
  expect(found({ Resources: {} }).map(({ level }) => level)).toEqual(['info']);
});

test('an import of a resource created only if a parameter is set is informational', () => {
  const Bucket = (Condition: string) => ({
    Type: 'AWS::S3::Bucket',
    Condition,
    Properties: { LoggingConfiguration: imports() },
  });
  const { findings } = checkTemplate(
    {
      Parameters: { Optional: { Type: 'String', Default: '' } },
      Conditions: {
        Missing: { 'Fn::Equals': [{ Ref: 'Optional' }, ''] },
        Given: { 'Fn::Not': [{ Condition: 'Missing' }] },
      },
      Resources: { A: Bucket('Given'), B: Bucket('Missing') },
    },
    { boundary: ResidencyBoundary.eu(), stack: 's', deployRegion: 'eu-central-1' },
  );
  expect(findings.map(({ logicalId, level }) => `${logicalId} ${level}`)).toEqual(['A info', 'B unresolved']);
});
