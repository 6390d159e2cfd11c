import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { buildEvidence } from '@/lib/evidence/core/build-evidence';
import type { EvidenceOptions } from '@/lib/evidence/core/context';
import type { Evidence } from '@/lib/evidence/core/evidence';
import type { TemplateInput } from '@/lib/guard/assembly/template-input';
import type { Json } from '@/lib/guard/template/parse';

export const DATE = '2026-11-30';

const path = (name: string) => ({ 'aws:cdk:path': `chat/${name}/Resource` });
const KEY_ARN = { 'Fn::GetAtt': ['Key', 'Arn'] };
export const PROFILE = 'eu.anthropic.claude-sonnet-4-6';
export const TAGS = [
  { Key: 'residency:tenant', Value: 'workspace/law' },
  { Key: 'residency:retention', Value: '365d' },
];

/** The resources of an app in which every section of the evidence has a row, and none needs attention. */
export const resources = (): Record<string, Json> => ({
  Key: {
    Type: 'AWS::KMS::Key',
    Metadata: path('Key'),
    Properties: {
      KeyPolicy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } },
            Action: 'kms:Decrypt',
            Resource: '*',
          },
        ],
      },
    },
  },
  Role: {
    Type: 'AWS::IAM::Role',
    Metadata: path('Role'),
    Properties: { AssumeRolePolicyDocument: { Statement: [] } },
  },
  Table: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Metadata: path('Table'),
    Properties: {
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      Replicas: [{ Region: 'eu-central-1', SSESpecification: { KMSMasterKeyId: KEY_ARN }, Tags: TAGS }],
    },
  },
  Files: {
    Type: 'AWS::S3::Bucket',
    Metadata: path('Files'),
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: KEY_ARN } }],
      },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 365 }] },
    },
  },
  Handler: {
    Type: 'AWS::Lambda::Function',
    Metadata: { ...path('Handler'), 'residency:models': { assistant: [PROFILE] } },
    Properties: { Tags: TAGS, VpcConfig: { SubnetIds: ['subnet-0a1b'] } },
  },
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Metadata: path('Api'),
    Properties: { EndpointConfiguration: { Types: ['REGIONAL'] } },
  },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'bedrock:InvokeModel',
            Resource: { 'Fn::Sub': `arn:aws:bedrock:eu-central-1:\${AWS::AccountId}:inference-profile/${PROFILE}` },
          },
        ],
      },
    },
  },
  Topic: { Type: 'AWS::SNS::Topic', Metadata: path('Topic'), Properties: {} },
  Officer: {
    Type: 'AWS::SNS::Subscription',
    Properties: { Protocol: 'email', Endpoint: 'dpo@example.eu', TopicArn: { Ref: 'Topic' } },
  },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Metadata: path('Alarm'),
    Properties: { AlarmDescription: 'A check failed.', AlarmActions: [{ Ref: 'Topic' }] },
  },
});

export const stack = (own: Record<string, Json>, others: Partial<TemplateInput> = {}): TemplateInput => ({
  file: '-',
  stack: 'chat',
  group: 'app',
  deployRegion: 'eu-central-1',
  template: { Resources: own },
  ...others,
});

/** The evidence of stacks that are deployed together. */
export const evidenceOf = (templates: readonly TemplateInput[], options: Partial<EvidenceOptions> = {}): Evidence =>
  buildEvidence(
    { templates, unreadable: [] },
    { boundary: ResidencyBoundary.eu(), version: '0.1.0', date: DATE, ...options },
  );
