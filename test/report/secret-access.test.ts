import type { Json } from '@/lib/guard/template/parse';
import { secretStatements } from '@/lib/perimeter/secret-policy';
import { accessTable } from '@/lib/report/access/access-table';
import { accessTo } from '@/lib/report/access/access-to-keys';

const role = (name: string, principal: Json): Json => ({
  Type: 'AWS::IAM::Role',
  Metadata: { 'aws:cdk:path': `chat/${name}/Resource` },
  Properties: {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }] },
  },
});
const policyOf = (holder: string, Action: unknown, Resource: unknown = { Ref: 'Secret' }): Json => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] }, Roles: [{ Ref: holder }] },
});
const arnOf = (name: string) => ({ 'Fn::GetAtt': [name, 'Arn'] });
const DEPLOYER = 'arn:aws:iam::111122223333:role/cfn-exec';
const STATEMENTS = secretStatements({
  reader: arnOf('Function'),
  writer: arnOf('Writer'),
  deployer: DEPLOYER,
});
const resourcesWith = (Statement: readonly unknown[], more: Record<string, Json> = {}): Json => ({
  Function: role('Function', { Service: 'lambda.amazonaws.com' }),
  Writer: role('Writer', { AWS: 'arn:aws:iam::111122223333:root' }),
  Other: role('Other', { Service: 'lambda.amazonaws.com' }),
  Secret: {
    Type: 'AWS::SecretsManager::Secret',
    Metadata: { 'aws:cdk:path': 'chat/Key/Resource' },
    Properties: { KmsKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/1' },
  },
  Policy: {
    Type: 'AWS::SecretsManager::ResourcePolicy',
    Properties: { SecretId: { Ref: 'Secret' }, ResourcePolicy: { Version: '2012-10-17', Statement } },
  },
  Reads: policyOf('Function', 'secretsmanager:GetSecretValue'),
  Sets: policyOf('Writer', ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue']),
  ...more,
});
const accessIn = (Resources: Json) =>
  accessTo([{ file: 'chat.json', stack: 'chat', group: 'app', deployRegion: 'eu-central-1', template: { Resources } }]);
/** Who can do what with the only secret, and why there may be more. */
function told(resources: Json) {
  const [secret, ...others] = accessIn(resources).secrets;
  expect(others).toEqual([]);
  return {
    ways: secret?.entries.map(({ who, can, assumedBy = [] }) => `${can}: ${[who, ...assumedBy].join(' by ')}`),
    unknown: secret?.unknown,
  };
}

test("a provider key is read by the function alone, set by the writer, and its policy is the deployment's", () => {
  expect(told(resourcesWith(STATEMENTS))).toEqual({
    ways: [
      'read: Function by lambda.amazonaws.com',
      'set: Writer by account 111122223333',
      'set: arn:aws:iam::111122223333:role/cfn-exec',
      'rewrite policy: arn:aws:iam::111122223333:role/cfn-exec',
    ],
    unknown: [],
  });
});

test('a permission of another role changes nothing, because the policy denies it', () => {
  const everything = { More: policyOf('Other', 'secretsmanager:*', '*') };
  expect(told(resourcesWith(STATEMENTS, everything))).toEqual(told(resourcesWith(STATEMENTS)));
});

test('what the policy does not deny is left to IAM, and every holder in the assembly is listed', () => {
  const more = {
    Any: policyOf('Other', 'secretsmanager:Get*', 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:*'),
    Elsewhere: policyOf('Writer', 'secretsmanager:GetSecretValue', 'arn:aws:s3:::bucket/*'),
  };
  const { ways, unknown } = told(resourcesWith(STATEMENTS.slice(1), more));
  expect(ways?.filter((way) => way.startsWith('read'))).toEqual([
    'read: Function by lambda.amazonaws.com',
    'read: Other by lambda.amazonaws.com',
    'read: the account',
  ]);
  expect(unknown).toEqual(["its policy leaves 'read' to IAM, and not every IAM policy of the account was read"]);
});

test('a role that the policy excepts can do nothing without a permission of its own', () => {
  const { Reads: _, ...without } = resourcesWith(STATEMENTS) as Record<string, Json>;
  expect(told(without).ways?.filter((way) => way.startsWith('read'))).toEqual([]);
});

test.each<[string, unknown[], string]>([
  [
    'that allows',
    [{ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*' }],
    'its policy allows principals itself, who are not listed',
  ],
  ['that can not be read', ['text'], "its policy can't be read"],
])('a policy %s is a reason why there may be more', (_, more, why) => {
  expect(told(resourcesWith([...STATEMENTS, ...more])).unknown).toContainEqual(expect.stringContaining(why));
});

test('a secret without a policy of its own is listed with its key only', () => {
  const { Policy: _, ...without } = resourcesWith(STATEMENTS) as Record<string, Json>;
  const found = accessIn(without);
  expect(found.secrets).toEqual([]);
  expect(found.keys.flatMap(({ protects }) => protects.map(({ name }) => name))).toEqual(['chat/Key']);
});

test('the table has each secret, and who may take a role on', () => {
  expect(accessTable({ keys: [], withoutKey: [], secrets: accessIn(resourcesWith(STATEMENTS)).secrets })).toBe(
    [
      'secret chat/Key (eu-central-1)',
      '  CAN             PRINCIPAL                                ASSUMED BY',
      '  read            Function                                 lambda.amazonaws.com',
      '  set             Writer                                   account 111122223333',
      '  set             arn:aws:iam::111122223333:role/cfn-exec  -',
      '  rewrite policy  arn:aws:iam::111122223333:role/cfn-exec  -',
    ].join('\n'),
  );
});
