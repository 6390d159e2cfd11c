import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { testClass } from './test-class';

const OPEN = { Parameters: { Regions: { Type: 'CommaDelimitedList' } } };
const ROLE = 'arn:aws:iam::111122223333:role/collect';
const sync = (SourceRegions: unknown) => ({
  type: 'AWS::SSM::ResourceDataSync',
  properties: {
    SyncName: 's',
    SyncType: 'SyncFromSource',
    SyncSource: { SourceType: 'SingleAccountMultiRegions', SourceRegions },
  },
});
const config = (AwsRegions: unknown) => ({
  type: 'AWS::Config::ConfigurationAggregator',
  properties: { AccountAggregationSources: [{ AccountIds: ['111122223333'], AwsRegions }] },
});
const centralization = (Source: object, Destination: object) => ({
  type: 'AWS::ObservabilityAdmin::OrganizationCentralizationRule',
  properties: { RuleName: 'r', Rule: { Source, Destination } },
});

testClass('Regions that data is collected from', {
  leaks: {
    'an inventory sent to a bucket in Virginia': {
      type: 'AWS::SSM::ResourceDataSync',
      properties: {
        SyncName: 's',
        S3Destination: { BucketName: 'own', BucketRegion: 'us-east-1', SyncFormat: 'JsonSerDe' },
      },
    },
    'an inventory sent to a bucket in Virginia, in the older form': {
      type: 'AWS::SSM::ResourceDataSync',
      properties: { SyncName: 's', BucketName: 'own', BucketRegion: 'us-east-1', SyncFormat: 'JsonSerDe' },
    },
    'a list of the same name of a custom resource': {
      type: 'Custom::Collect',
      properties: { ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:f', AwsRegions: ['us-east-1'] },
    },
    'a list of the same name in a document': {
      type: 'AWS::SSM::Document',
      properties: { Content: '{"SourceRegions":["us-east-1"]}' },
    },
    'a variable of the same name': {
      type: 'AWS::Lambda::Function',
      properties: { Environment: { Variables: { LinkedRegions: 'us-east-1', Regions: 'us-west-2' } } },
    },
    'health checkers in Virginia': {
      type: 'AWS::Route53::HealthCheck',
      properties: { HealthCheckConfig: { Type: 'HTTPS', Regions: ['us-east-1'] } },
    },
    'copies of a secret': {
      type: 'AWS::SecretsManager::Secret',
      properties: { ReplicaRegions: [{ Region: 'us-east-1' }] },
    },
    'copies of images': {
      type: 'AWS::ECR::ReplicationConfiguration',
      properties: {
        ReplicationConfiguration: { Rules: [{ Destinations: [{ Region: 'us-east-1', RegistryId: '111122223333' }] }] },
      },
    },
    'an aggregator whose role is that of Virginia': {
      type: 'AWS::Config::ConfigurationAggregator',
      properties: { OrganizationAggregationSource: { RoleArn: 'arn:aws:sns:us-east-1:111122223333:role' } },
    },
    'a data lake that is copied to Virginia': {
      type: 'AWS::SecurityLake::DataLake',
      properties: { ReplicationConfiguration: { Regions: ['us-east-1'], RoleArn: ROLE } },
    },
    'logs of the EU centralized in Virginia': centralization(
      { Regions: ['eu-central-1'], Scope: "OrganizationId = 'o-1'" },
      { Region: 'us-east-1', Account: '111122223333' },
    ),
    'centralized logs with a copy in Virginia': centralization(
      { Regions: ['eu-central-1'] },
      { Region: 'eu-central-1', DestinationLogsConfiguration: { BackupConfiguration: { Region: 'us-east-1' } } },
    ),
    'a destination that only the deployment decides': {
      type: 'AWS::SSM::ResourceDataSync',
      properties: { S3Destination: { BucketName: 'own', BucketRegion: { Ref: 'Regions' } } },
      around: OPEN,
    },
    'findings of Virginia': {
      type: 'AWS::SecurityHub::FindingAggregator',
      properties: { RegionLinkingMode: 'SPECIFIED_REGIONS', Regions: ['us-east-1', 'eu-west-1'] },
    },
    'findings of every Region but Virginia': {
      type: 'AWS::SecurityHub::FindingAggregator',
      properties: { RegionLinkingMode: 'ALL_REGIONS_EXCEPT_SPECIFIED', Regions: ['us-east-1'] },
    },
    'findings of Regions that a condition links or keeps out': {
      type: 'AWS::SecurityHub::FindingAggregator',
      properties: {
        RegionLinkingMode: { 'Fn::If': ['Most', 'ALL_REGIONS_EXCEPT_SPECIFIED', 'SPECIFIED_REGIONS'] },
        Regions: ['us-east-1'],
      },
      around: { ...OPEN, Conditions: { Most: { 'Fn::Equals': [{ Ref: 'Regions' }, 'a'] } } },
    },
    'findings of linked Regions': {
      type: 'AWS::SecurityHub::AggregatorV2',
      properties: { RegionLinkingMode: 'SPECIFIED_REGIONS', LinkedRegions: ['us-east-1', 'ap-south-1'] },
    },
  },
  nearMisses: {
    'configurations of accounts': config(['us-east-1', 'us-west-2']),
    'configurations of an organization': {
      type: 'AWS::Config::ConfigurationAggregator',
      properties: { OrganizationAggregationSource: { RoleArn: ROLE, AwsRegions: ['us-east-1'] } },
    },
    'configurations of Regions that only the deployment decides': { ...config({ Ref: 'Regions' }), around: OPEN },
    'operational data of thirteen Regions': sync([
      ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ap-south-1', 'ap-northeast-1', 'ap-northeast-2'],
      ...['ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'eu-west-2', 'sa-east-1', 'eu-north-1'],
    ]),
    'operational data of Regions in one text': sync({ 'Fn::Split': [',', 'us-east-1,us-west-2'] }),
    'metrics of buckets': {
      type: 'AWS::S3::StorageLens',
      properties: {
        StorageLensConfiguration: { Id: 'all', AccountLevel: {}, Include: { Regions: ['us-east-1'] }, IsEnabled: true },
      },
    },
    'metrics of buckets outside Virginia': {
      type: 'AWS::S3::StorageLens',
      properties: {
        StorageLensConfiguration: { Id: 'all', AccountLevel: {}, Exclude: { Regions: ['us-east-1'] }, IsEnabled: true },
      },
    },
    'logs of Virginia centralized here': centralization(
      { Regions: ['us-east-1'], Scope: "OrganizationId = 'o-1'" },
      { Region: 'eu-central-1', Account: '111122223333' },
    ),
  },
});

test('an inbound list is information, which asks for no other place', () => {
  const { type: Type, properties: Properties } = sync(['us-east-1', 'us-west-2']);
  const { findings } = checkTemplate(
    { Resources: { Subject: { Type, Properties } } },
    { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' },
  );
  expect(findings.map(({ level, value, fix }) => [level, value, fix])).toEqual(
    ['us-east-1', 'us-west-2'].map((region) => ['info', region, 'No action is needed: no data leaves here.']),
  );
});

describe.each([
  ['AWS::SecurityHub::FindingAggregator', 'Regions'],
  ['AWS::SecurityHub::AggregatorV2', 'LinkedRegions'],
])('%s', (Type, list) => {
  const stopped = (RegionLinkingMode: unknown) => {
    const Properties = { RegionLinkingMode, [list]: ['us-east-1', 'ap-south-1'] };
    const { findings } = checkTemplate(
      { Parameters: { Mode: { Type: 'String' } }, Resources: { Subject: { Type, Properties } } },
      { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' },
    );
    return findings.filter(({ level }) => level !== 'info').map(({ rule, path }) => `${rule} ${path}`);
  };
  const linked = [0, 1].map((at) => `place-outside /Properties/${list}/${at}`);

  test.each<[string, unknown, string[]]>([
    ['are linked', 'SPECIFIED_REGIONS', linked],
    ['are kept out', 'ALL_REGIONS_EXCEPT_SPECIFIED', ['finding-aggregation /Properties/RegionLinkingMode']],
    ['are linked with all others', 'ALL_REGIONS', ['finding-aggregation /Properties/RegionLinkingMode', ...linked]],
    ['are linked or not', { Ref: 'Mode' }, ['finding-aggregation /Properties/RegionLinkingMode', ...linked]],
    ['have no mode', { Ref: 'AWS::NoValue' }, linked],
  ])('whose listed Regions %s', (_, mode, expected) => {
    expect(stopped(mode).sort()).toEqual([...expected].sort());
  });
});
