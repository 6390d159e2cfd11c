import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { testClass } from './test-class';

const alone = (kind: string) => ({ type: `AWS::CloudFront::${kind}`, properties: {} });
const DISTRIBUTION = { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Enabled: true } } };
const nextTo = (kind: string) => ({ ...alone(kind), around: { Resources: { Site: DISTRIBUTION } } });

testClass('what belongs to a CloudFront distribution', {
  leaks: {
    'a distribution': alone('Distribution'),
    'a second distribution': nextTo('Distribution'),
    "a tenant's distribution next to the distribution": nextTo('DistributionTenant'),
    'a streaming distribution next to another': nextTo('StreamingDistribution'),
    'a function without a distribution': alone('Function'),
    'a key-value store without a distribution': alone('KeyValueStore'),
    'an access control without a distribution': alone('OriginAccessControl'),
    'a policy without a distribution': alone('ResponseHeadersPolicy'),
    'a function next to a distribution that is never created': {
      ...alone('Function'),
      around: {
        Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
        Resources: { Site: { ...DISTRIBUTION, Condition: 'Never' } },
      },
    },
    'a function next to a resource that only has the name of a distribution': {
      ...alone('Function'),
      around: { Resources: { Distribution: { Type: 'AWS::S3::Bucket' } } },
    },
    'a Region in a function next to a distribution': {
      type: 'AWS::CloudFront::Function',
      properties: { FunctionCode: "const region = 'us-east-1';" },
      around: { Resources: { Site: DISTRIBUTION } },
    },
    'a real-time log next to a distribution that goes to Virginia': {
      type: 'AWS::CloudFront::RealtimeLogConfig',
      properties: {
        EndPoints: [{ KinesisStreamConfig: { StreamArn: 'arn:aws:kinesis:us-east-1:111122223333:stream/logs' } }],
      },
      around: { Resources: { Site: DISTRIBUTION } },
    },
    'an accelerator next to a distribution': {
      type: 'AWS::GlobalAccelerator::Accelerator',
      properties: {},
      around: { Resources: { Site: DISTRIBUTION } },
    },
  },
  nearMisses: {
    'an access identity': nextTo('CloudFrontOriginAccessIdentity'),
    'an access control': nextTo('OriginAccessControl'),
    'a function': nextTo('Function'),
    'a cache policy': nextTo('CachePolicy'),
    'a policy for requests': nextTo('OriginRequestPolicy'),
    'a policy for headers': nextTo('ResponseHeadersPolicy'),
    'a key group': nextTo('KeyGroup'),
  },
});

test('a distribution with its companions is one blocking finding', () => {
  const { findings } = checkTemplate(
    {
      Resources: {
        Site: DISTRIBUTION,
        Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: {} },
        Rewrite: { Type: 'AWS::CloudFront::Function', Properties: {} },
      },
    },
    { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' },
  );
  expect(findings.map(({ logicalId, level, rule }) => [logicalId, level, rule])).toEqual([
    ['Site', 'block', 'edge-type'],
    ['Access', 'info', 'edge-type'],
    ['Rewrite', 'info', 'edge-type'],
  ]);
  expect(findings[1]?.message).toContain("'Site' is reported");
});
