import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { blocks } from '@/lib/guard/finding';
import { exportsOf } from '@/lib/guard/template/exports';
import type { Json } from '@/lib/guard/template/parse';

const there = (value: unknown): Json => ({
  Resources: { Copies: { Type: 'AWS::S3::Bucket' } },
  Outputs: { BucketArn: { Value: value } },
});
const own = { 'Fn::GetAtt': ['Copies', 'Arn'] };

const replicating = (output: object): Json => ({
  Resources: {
    Files: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        ReplicationConfiguration: { Rules: [{ Destination: { Bucket: { 'Fn::GetStackOutput': output } } }] },
      },
    },
  },
});

/** The blocking findings of a template whose bucket replicates to another stack's output. */
function blocking(output: object, other = there(own), region = 'eu-west-1'): string[] {
  const { findings } = checkTemplate(replicating(output), {
    boundary: ResidencyBoundary.eu(),
    stack: 'here',
    deployRegion: 'eu-central-1',
    exports: new Map(exportsOf(other, 'there', region)),
  });
  return findings.filter(blocks).map(({ level, rule, path }) => `${level} ${rule} ${path}`);
}

const BUCKET = '/Properties/ReplicationConfiguration/Rules/0/Destination/Bucket';

test('an output of a stack in the same assembly is known in any Region', () => {
  expect(blocking({ StackName: 'there', Region: 'eu-west-1', OutputName: 'BucketArn' })).toEqual([]);
  expect(blocking({ StackName: 'there', OutputName: 'BucketArn' }, undefined, 'eu-central-1')).toEqual([]);
});

test.each<[string, object, Json]>([
  ['another stack', { StackName: 'elsewhere', Region: 'eu-west-1', OutputName: 'BucketArn' }, there(own)],
  ['another output', { StackName: 'there', Region: 'eu-west-1', OutputName: 'Other' }, there(own)],
  [
    'the stack of that name in another Region',
    { StackName: 'there', Region: 'eu-west-3', OutputName: 'BucketArn' },
    there(own),
  ],
  ['the stack of that name in its own Region', { StackName: 'there', OutputName: 'BucketArn' }, there(own)],
  [
    'a stack known only at deployment',
    { StackName: { Ref: 'Name' }, Region: 'eu-west-1', OutputName: 'BucketArn' },
    there(own),
  ],
  [
    'a bucket that the other stack has not made',
    { StackName: 'there', Region: 'eu-west-1', OutputName: 'BucketArn' },
    there('arn:aws:s3:::somewhere'),
  ],
])("an output of %s isn't known", (_, output, other) => {
  expect(blocking(output, other)).toEqual([`unresolved s3-replication ${BUCKET}`]);
});

test('a Region outside the boundary without a stack in the assembly stays a finding', () => {
  expect(blocking({ StackName: 'there', Region: 'us-east-1', OutputName: 'BucketArn' })).toContainEqual(
    expect.stringMatching(/^block place-outside .*GetStackOutput/),
  );
});
