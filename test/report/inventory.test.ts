import { ResidencyBoundary } from '../../lib/boundary/boundary';
import type { TemplateInput } from '../../lib/guard/assembly/template-input';
import type { Json } from '../../lib/guard/template/parse';
import { inventory } from '../../lib/report/inventory';
import { inventoryTable } from '../../lib/report/inventory-table';

const NOW = new Date('2026-11-24');
const PROFILE = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0';

const input = (Resources: Json, others: Partial<TemplateInput> = {}): TemplateInput => ({
  file: 'chat.template.json',
  stack: 'chat',
  group: 'app',
  deployRegion: 'eu-central-1',
  template: { Resources },
  ...others,
});

const lines = (...templates: TemplateInput[]) => inventory(templates, ResidencyBoundary.eu(), NOW);

const key = { Type: 'AWS::KMS::Key', Metadata: { 'aws:cdk:path': 'chat/Keys/Key/Resource' } };
const bucket = (properties: Json) => ({ Type: 'AWS::S3::Bucket', Properties: properties });
const encrypted = (id: unknown) => ({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: id } }] },
});
const bedrock = (statements: Json[]) => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['REGIONAL'] } } },
  Policy: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: statements } } },
});

describe('a store', () => {
  test('is named by its construct, with Region, country and the construct of its key', () => {
    const files = {
      ...bucket(encrypted({ 'Fn::GetAtt': ['Key', 'Arn'] })),
      Metadata: { 'aws:cdk:path': 'chat/Files/Resource' },
    };
    expect(lines(input({ Key: key, Files: files }))).toEqual([
      {
        stack: 'chat',
        name: 'Files',
        kind: 'S3 bucket',
        region: 'eu-central-1',
        country: 'DE',
        key: 'Keys/Key',
        kept: 'until deleted',
        basis: { kind: 'enforced' },
        destinations: [],
      },
    ]);
  });

  test('under a key of another stack names that stack', () => {
    const owner = input(
      { Key: key },
      {
        stack: 'keys',
        template: {
          Resources: { Key: key },
          Outputs: { K: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'k' } } },
        },
      },
    );
    const user = input({ Files: bucket(encrypted({ 'Fn::ImportValue': 'k' })) });
    expect(lines(owner, user).map((line) => line.key)).toEqual(['keys/Keys/Key']);
  });

  test.each([
    ['no key of its own', {}, "the service's own key"],
    ['a key that only the deployment knows', encrypted({ Ref: 'Nobody' }), 'a key given at deploy'],
    ['a key by its ARN', encrypted('arn:aws:kms:eu-central-1:1:key/k'), 'arn:aws:kms:eu-central-1:1:key/k'],
  ])('with %s says so', (_, properties, expected) => {
    expect(lines(input({ Files: bucket(properties) }))[0]?.key).toBe(expected);
  });

  test.each([
    [
      'the longest expiry of a bucket',
      bucket({ LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30 }, { ExpirationInDays: 90 }] } }),
      '90 days',
    ],
    [
      'the object lock of a bucket',
      bucket({ ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 365 } } } }),
      'at least 365 days (object lock)',
    ],
    [
      'object lock in years',
      bucket({ ObjectLockConfiguration: { Rule: { DefaultRetention: { Years: 2 } } } }),
      'at least 2 years (object lock)',
    ],
    ['the retention of a log group', { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } }, '30 days'],
    ['a log group without end', { Type: 'AWS::Logs::LogGroup', Properties: {} }, 'for ever'],
    ['a table without TTL', { Type: 'AWS::DynamoDB::GlobalTable', Properties: { Replicas: [] } }, 'until deleted'],
    [
      'the period that a table is tagged with',
      {
        Type: 'AWS::DynamoDB::GlobalTable',
        Properties: {
          TimeToLiveSpecification: { Enabled: true },
          Replicas: [{ Tags: [{ Key: 'residency:retention', Value: '365d' }] }],
        },
      },
      '365 days',
    ],
  ])('keeps as long as %s says', (_, resource, kept) => {
    expect(lines(input({ Store: resource }))[0]?.kept).toBe(kept);
  });
});

describe('a gateway', () => {
  test('lists where a profile leads as a claim of AWS, and stale when it is old', () => {
    const statement = {
      Effect: 'Allow',
      Resource: { 'Fn::Sub': `arn:aws:bedrock:eu-central-1:\${AWS::AccountId}:inference-profile/${PROFILE}` },
    };
    expect(lines(input(bedrock([statement])))[0]?.destinations).toEqual([
      {
        id: PROFILE,
        processedIn:
          'eu-central-1 (DE), eu-north-1 (SE), eu-south-1 (IT), eu-south-2 (ES), eu-west-1 (IE), eu-west-3 (FR)',
        basis: { kind: 'claimed', by: 'AWS', asOf: '2025-12', stale: true },
        providerKeeps: 'nothing',
        keepsBasis: { kind: 'claimed', by: 'AWS', asOf: '2026-10-18', stale: false },
      },
    ]);
  });

  test('lists a model that the Region serves itself as enforced by the ARN', () => {
    const statement = {
      Effect: 'Allow',
      Resource: ['arn:aws:bedrock:eu-central-1::foundation-model/openai.gpt-oss-120b-1:0'],
    };
    expect(lines(input(bedrock([statement])))[0]?.destinations).toMatchObject([
      { processedIn: 'eu-central-1 (DE)', basis: { kind: 'enforced' } },
    ]);
  });

  test('leaves out the models that are reached through a profile only', () => {
    const statement = {
      Effect: 'Allow',
      Condition: { StringEquals: {} },
      Resource: 'arn:aws:bedrock:eu-central-1::foundation-model/openai.gpt-oss-120b-1:0',
    };
    expect(lines(input(bedrock([statement])))[0]?.destinations).toEqual([]);
  });
});

test('the table has one column a fact, and nothing but text', () => {
  const table = inventoryTable(
    lines(input({ Files: bucket({ LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30 }] } }) })),
  );
  expect(table.split('\n')).toEqual([
    '                     REGION        COUNTRY  KEY                    KEPT     BASIS',
    'chat',
    "  Files (S3 bucket)  eu-central-1  DE       the service's own key  30 days  enforced here",
  ]);
});
