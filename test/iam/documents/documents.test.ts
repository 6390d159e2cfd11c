import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { PolicyDocument } from '@/lib/perimeter/organization/document';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { scope } from '@/test/perimeter/organization/scope';
import { installEvaluator } from '../evaluator/evaluator';

jest.setTimeout(120_000);

const FOLDER = path.join(__dirname, '../../../.local/iam-evaluator');

beforeAll(installEvaluator);

/** What AWS's service reference or IAM's grammar objects to, for each document; in a process, because of the evaluator's license. */
function problemsOf(documents: readonly Pick<PolicyDocument, 'kind' | 'content'>[]): string[][] {
  const output = execFileSync(process.execPath, [path.join(__dirname, 'check.mjs')], {
    cwd: FOLDER,
    input: JSON.stringify(documents),
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

const policiesOf = (partition: string, hasEgress: boolean) =>
  perimeterDocuments(scope({ partition, hasEgress, requiresBoundary: true })).filter(
    (document): document is PolicyDocument => 'Statement' in document.content,
  );

/** Operations of Bedrock in botocore 1.44.8 that the service reference doesn't list yet. */
const NOT_LISTED_YET = [
  'BedrockSettings: no action matches bedrock:Delete*DataRetentionStorage',
  'BedrockSettings: no action matches bedrock:PutTrustedAccessProgram*',
  'BedrockSettings: no action matches bedrock:StartTrustedAccessProgram*',
];

test.each([
  ['aws', true],
  ['aws', false],
  ['aws-eusc', true],
  ['aws-eusc', false],
])('every action and condition key of %s exists, and the grammar is right (egress: %s)', (partition, hasEgress) => {
  const documents = policiesOf(partition, hasEgress);
  expect(documents.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['scp', 'rcp', 'permissions-boundary']));
  expect(problemsOf(documents).flat()).toEqual(NOT_LISTED_YET);
});

test.each<[string, PolicyDocument['kind'], Record<string, unknown>, RegExp]>([
  ['an action', 'scp', { Action: ['kms:ReplicateTheKey'] }, /^A: no action matches kms:ReplicateTheKey$/],
  ['a service', 'scp', { Action: ['kmz:ReplicateKey'] }, /^A: no action matches kmz:ReplicateKey$/],
  [
    'a key',
    'scp',
    { Action: ['kms:ReplicateKey'], Condition: { StringEquals: { 'kms:ReplicationRegion': 'a' } } },
    /^A: there is no condition key kms:ReplicationRegion$/,
  ],
  [
    "another action's key",
    'scp',
    { Action: ['kms:Decrypt'], Condition: { StringEquals: { 'kms:ReplicaRegion': 'a' } } },
    /^A: kms:Decrypt has no condition key kms:ReplicaRegion$/,
  ],
  ['a service without RCPs', 'rcp', { Principal: '*', Action: ['ec2:*'] }, /^A: ec2 supports no RCP$/],
  ['a principal in an SCP', 'scp', { Principal: '*', Action: ['s3:*'] }, /Principal/],
])('%s that is wrong is found', (_name, kind, part, problem) => {
  const Statement = [{ Sid: 'A', Effect: 'Deny' as const, Resource: ['*'], ...part }];
  const [problems = []] = problemsOf([{ kind, content: { Version: '2012-10-17', Statement } }]);
  expect(problems).toEqual(expect.arrayContaining([expect.stringMatching(problem)]));
});

test('a key is asked of the actions that a statement reaches by its resources, and of no others', () => {
  const statement = {
    Sid: 'A',
    Effect: 'Deny' as const,
    Action: ['ec2:DescribeRegions', 'ec2:DescribeVolumeAttribute'],
    Condition: { StringNotLike: { 'ec2:Location': 'a' } },
  };
  const problems = (Resource: string[]) =>
    problemsOf([{ kind: 'scp', content: { Version: '2012-10-17', Statement: [{ ...statement, Resource }] } }]).flat();
  const onVolumes = 'A: ec2:DescribeVolumeAttribute has no condition key ec2:Location';
  expect(problems(['arn:aws:ec2:*:*:volume/*'])).toEqual([onVolumes]);
  expect(problems(['*'])).toEqual(['A: ec2:DescribeRegions has no condition key ec2:Location', onVolumes]);
});
