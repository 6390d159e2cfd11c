import type { TemplateInput } from '@/lib/guard/assembly/template-input';
import type { Json } from '@/lib/guard/template/parse';
import { accessTable } from '@/lib/report/access/access-table';
import { accessTo } from '@/lib/report/access/access-to-keys';
import type { KeyAccess } from '@/lib/report/access/key-access';

const input = (Resources: Json, others: Partial<TemplateInput> = {}): TemplateInput => ({
  file: 'chat.template.json',
  stack: 'chat',
  group: 'app',
  deployRegion: 'eu-central-1',
  template: { Resources },
  ...others,
});

const keysOf = (templates: TemplateInput[]) => accessTo(templates).keys;
const tableOf = (...keys: KeyAccess[]) => accessTable({ keys, withoutKey: [], secrets: [] });
const ROLE = {
  Type: 'AWS::IAM::Role',
  Metadata: { 'aws:cdk:path': 'chat/Gateway/Role/Resource' },
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    },
  },
};
const ROLE_ARN = { 'Fn::GetAtt': ['Role', 'Arn'] };
const ROOT = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } };
const keyOf = (...Statement: Json[]): Json => ({ Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement } } });
const allow = (Principal: unknown, Action: unknown = 'kms:Decrypt', more: Json = {}): Json => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: '*',
  ...more,
});
const policyOf = (...Statement: Json[]): Json => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyDocument: { Statement }, Roles: [{ Ref: 'Role' }] },
});

/** Who can do what with the only key, in one line each, and why there may be more. */
function told(resources: Json): { ways: string[]; unknown: readonly string[] } {
  const [key, ...others] = keysOf([input(resources)]);
  expect(others).toEqual([]);
  const ways = (key as KeyAccess).entries.map(({ who, kind, can, by, through, context, conditions }) =>
    [
      `${who} [${kind}] can ${can} by ${by}`,
      ...through.map((service) => `through ${service}`),
      ...Object.entries(context).map(([name, values]) => `with ${name}=${values.join('|')}`),
      ...conditions,
    ].join(', '),
  );
  return { ways, unknown: (key as KeyAccess).unknown };
}

test.each<[string, Json, string[]]>([
  [
    'a role that is named',
    { Role: ROLE, Key: keyOf(allow({ AWS: ROLE_ARN })) },
    ['Gateway/Role [identity] can decrypt by key policy'],
  ],
  [
    'a role of elsewhere',
    { Key: keyOf(allow({ AWS: 'arn:aws:iam::444455556666:role/ops' })) },
    ['arn:aws:iam::444455556666:role/ops [identity] can decrypt by key policy'],
  ],
  [
    'a service, with what it is asked',
    {
      Key: keyOf(
        allow({ Service: 'logs.eu-central-1.amazonaws.com' }, ['kms:Decrypt*', 'kms:Encrypt'], {
          Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
        }),
      ),
    },
    [
      'logs.eu-central-1.amazonaws.com [service] can decrypt by key policy, StringEquals aws:SourceAccount 111122223333',
    ],
  ],
  [
    'a role through services and under a context',
    {
      Role: ROLE,
      Key: keyOf(
        allow({ AWS: [ROLE_ARN] }, 'kms:*', {
          Condition: {
            StringEquals: {
              'kms:ViaService': ['dynamodb.eu-central-1.amazonaws.com', 's3.eu-central-1.amazonaws.com'],
              'kms:EncryptionContext:tablename': 'workspace/sciences',
            },
          },
        }),
      ),
    },
    ['decrypt', 'lend', 'rewrite policy'].map(
      (can) =>
        `Gateway/Role [identity] can ${can} by key policy, through dynamodb.eu-central-1.amazonaws.com, through s3.eu-central-1.amazonaws.com, with tablename=workspace/sciences`,
    ),
  ],
  [
    'an identity that a condition names in an account',
    {
      Key: keyOf(
        allow(ROOT, 'kms:CreateGrant', {
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/cdk' },
            Bool: { 'kms:GrantIsForAWSResource': 'true' },
          },
        }),
      ),
    },
    ['arn:aws:iam::111122223333:role/cdk [identity] can lend by key policy, Bool kms:GrantIsForAWSResource true'],
  ],
  ['anybody', { Key: keyOf(allow('*'), allow({ AWS: '*' })) }, ['anybody [anybody] can decrypt by key policy']],
  [
    'what a re-encryption would move',
    { Key: keyOf(allow({ Service: 'x.amazonaws.com' }, 'kms:ReEncrypt*')) },
    ['x.amazonaws.com [service] can decrypt by key policy'],
  ],
  [
    'everything but what is named',
    {
      Key: keyOf({
        ...allow({ Service: 'x.amazonaws.com' }),
        Action: undefined,
        NotAction: ['kms:CreateGrant', 'kms:Put*'],
      }),
    },
    ['x.amazonaws.com [service] can decrypt by key policy'],
  ],
  [
    'encryption alone, which reads nothing',
    { Key: keyOf(allow({ Service: 'x.amazonaws.com' }, ['kms:Encrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'])) },
    [],
  ],
  [
    'what is denied to everybody',
    { Role: ROLE, Key: keyOf(allow({ AWS: ROLE_ARN }), { ...allow('*'), Effect: 'Deny' }) },
    [],
  ],
])('%s', (_, resources, expected) => {
  expect(told(resources)).toEqual({ ways: expected, unknown: [] });
});

describe('a key that leaves it to IAM', () => {
  const key = keyOf(allow(ROOT, 'kms:*'));
  const of = (...statements: Json[]) => told({ Role: ROLE, Key: key, Policy: policyOf(...statements) });
  const decrypting = (found: ReturnType<typeof told>) => found.ways.filter((way) => way.includes('can decrypt by IAM'));

  test.each<[string, Json]>([
    ['by its ARN', { Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } }],
    ['by everything', { Effect: 'Allow', Action: '*', Resource: '*' }],
    [
      'by every key of the account',
      {
        Effect: 'Allow',
        Action: 'kms:D*',
        Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:kms:*:${AWS::AccountId}:key/*' },
      },
    ],
    [
      'by every key of the sovereign partition',
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:aws-eusc:kms:*:*:key/*' },
    ],
    ['by all but others', { Effect: 'Allow', NotAction: 's3:*', NotResource: 'x' }],
  ])('is read by a role that is allowed %s', (_, statement) => {
    expect(decrypting(of(statement))).toEqual(['Gateway/Role [identity] can decrypt by IAM policy']);
  });

  test.each<[string, Json]>([
    [
      'another key',
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:aws:kms:eu-central-1:111122223333:key/1234' },
    ],
    ['buckets', { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::*' }],
    ['encryption', { Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' }],
    ['nothing: it is denied', { Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' }],
  ])("isn't read by a role that is allowed %s", (_, statement) => {
    expect(decrypting(of(statement))).toEqual([]);
  });

  test('says that others of the account may be let by policies that are elsewhere', () => {
    const found = of({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
    });
    expect(decrypting(found)).toEqual([
      'Gateway/Role [identity] can decrypt by IAM policy, Bool aws:MultiFactorAuthPresent true',
    ]);
    expect(found.unknown).toEqual([expect.stringContaining('not every IAM policy of the account was read')]);
  });

  test('lends a role no more than the key’s own policy and that of IAM together', () => {
    const via = { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } };
    const narrow = keyOf(allow(ROOT, 'kms:Decrypt', { Condition: via }));
    const { ways } = told({
      Role: ROLE,
      Key: narrow,
      Policy: policyOf({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }),
    });
    expect(ways).toContain('Gateway/Role [identity] can decrypt by IAM policy, through s3.eu-central-1.amazonaws.com');
  });
});

test.each<[string, Json, string]>([
  [
    'a policy that is a parameter',
    { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Ref: 'Policy' } } },
    "its policy can't be read",
  ],
  [
    'a policy that a macro writes',
    { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { 'Fn::Transform': { Name: 'x' } } } },
    'a macro writes this value at deploy',
  ],
  ['no policy', { Type: 'AWS::KMS::Key', Properties: {} }, 'it has no policy of its own'],
  ['a principal that is a parameter', keyOf(allow({ AWS: { Ref: 'Who' } })), 'it names'],
  [
    'everybody but some',
    keyOf({ ...allow(undefined), NotPrincipal: { AWS: 'x' } }),
    'it names every principal except those in NotPrincipal',
  ],
  [
    'an action that is a parameter',
    keyOf(allow({ Service: 'x' }, { Ref: 'What' })),
    'an action that is known only at deployment',
  ],
])('%s is unknown, never an empty list', (_, Key, why) => {
  const template = {
    Parameters: { Policy: { Type: 'String' }, Who: { Type: 'String' }, What: { Type: 'String' } },
    Resources: { Key },
  };
  const [key] = keysOf([input({}, { template })]);
  expect(key?.unknown.join('; ')).toContain(why);
  expect(tableOf(key as KeyAccess)).toContain('unknown: there may be more, because');
  expect(tableOf(key as KeyAccess)).not.toContain('no principal');
});

test('a condition that can not be read is told, and never widens', () => {
  const { ways } = told({
    Role: ROLE,
    Key: keyOf(allow({ AWS: ROLE_ARN }, 'kms:Decrypt', { Condition: { StringNotEquals: { 'kms:ViaService': 'x' } } })),
  });
  expect(ways).toEqual(['Gateway/Role [identity] can decrypt by key policy, StringNotEquals kms:ViaService x']);
});

test('denials for some principals are reported next to them', () => {
  const [key] = keysOf([
    input({
      Role: ROLE,
      Key: keyOf(allow({ AWS: ROLE_ARN }), {
        ...allow('*'),
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    }),
  ]);
  expect(key?.entries).toHaveLength(1);
  expect(tableOf(key as KeyAccess)).toContain('not decrypt');
});

describe('what a key protects', () => {
  const bucket = (id: unknown) => ({
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: id } },
        ],
      },
    },
  });

  test('is every store that names it, in other stacks too, and by an alias', () => {
    const keys = input(
      {},
      {
        stack: 'keys',
        file: 'keys.template.json',
        template: {
          Resources: {
            Key: keyOf(allow({ Service: 'x' })),
            Alias: { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { Ref: 'Key' } } },
          },
          Outputs: {
            K: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'k' } },
            A: { Value: { Ref: 'Alias' }, Export: { Name: 'a' } },
          },
        },
      },
    );
    const stores = input({
      Files: bucket({ 'Fn::ImportValue': 'k' }),
      Queue: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { 'Fn::ImportValue': 'a' } } },
      // It knows the key and isn't under it.
      Reader: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { KMS_KEY_ARN: { 'Fn::ImportValue': 'k' } } } },
      },
    });
    const [key] = keysOf([stores, keys]);
    expect(key).toMatchObject({
      stack: 'keys',
      key: 'Key',
      protects: [
        { name: 'chat/Files', type: 'AWS::S3::Bucket' },
        { name: 'chat/Queue', type: 'AWS::SQS::Queue' },
      ],
    });
  });

  test.each<[string, unknown, string]>([
    [
      'a key of elsewhere',
      'arn:aws:kms:eu-central-1:111122223333:key/1234',
      'arn:aws:kms:eu-central-1:111122223333:key/1234',
    ],
    ["a service's own", 'alias/aws/s3', 'alias/aws/s3'],
    ['a parameter', { Ref: 'Given' }, 'a key named at deployment'],
  ])('under %s is told with that key, whose policy is unknown', (_, id, key) => {
    const template = { Parameters: { Given: { Type: 'String' } }, Resources: { Files: bucket(id) } };
    expect(keysOf([input({}, { template })])).toEqual([
      {
        key,
        region: 'eu-central-1',
        protects: [{ name: 'chat/Files', type: 'AWS::S3::Bucket' }],
        entries: [],
        denied: [],
        unknown: ["its policy isn't in the assembly"],
      },
    ]);
  });
});

describe('a key whose policy is elsewhere', () => {
  const GIVEN = 'arn:aws:kms:eu-central-1:111122223333:key/1234';
  const through = { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } };
  const bucket = {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: GIVEN } },
        ],
      },
    },
  };
  const readers = (Resource: unknown, Condition: unknown = through, Action = 'kms:Decrypt') => {
    const statement = { Effect: 'Allow', Action, Resource, Condition } as Json;
    const [key] = keysOf([input({ Role: ROLE, Bucket: bucket, Policy: policyOf(statement) })]);
    return (key as KeyAccess).entries.map(({ who, can, by, through }) => `${who} can ${can} by ${by} ${through}`);
  };

  test('is listed with each role whose own policy names it, and how', () => {
    expect(readers(GIVEN)).toEqual(['chat/Gateway/Role can decrypt by IAM policy s3.eu-central-1.amazonaws.com']);
  });

  test.each<[string, unknown, boolean]>([
    ['every key', '*', true],
    ['a pattern', 'arn:aws:kms:eu-central-1:*:key/*', true],
    ['a value of deployment', { 'Fn::Sub': 'arn:aws:kms:eu-central-1:${AWS::AccountId}:key/1234' }, true],
    ['another key', GIVEN.replace('1234', '5678'), false],
    ['another Region', 'arn:aws:kms:eu-west-1:*:key/*', false],
  ])('and a policy on %s', (_, resource, isNamed) => {
    expect(readers(resource).length).toBe(isNamed ? 1 : 0);
  });

  test('and no role that may only write', () => {
    expect(readers(GIVEN, through, 'kms:GenerateDataKey')).toEqual([]);
  });

  test('and still says that there may be more', () => {
    const [key] = keysOf([input({ Bucket: bucket })]);
    expect((key as KeyAccess).unknown).toEqual(["its policy isn't in the assembly"]);
  });
});

test('the table has a row for each way to a key, and says if there is none', () => {
  const keys = keysOf([
    input({
      Role: ROLE,
      Key: keyOf(
        allow({ AWS: ROLE_ARN }, 'kms:Decrypt', {
          Condition: { StringEquals: { 'kms:EncryptionContext:a': ['b', 'c'] } },
        }),
      ),
      Idle: keyOf(),
    }),
  ]);
  expect(tableOf(...keys)).toBe(
    [
      'chat/Key (eu-central-1)',
      '  CAN      PRINCIPAL     ASSUMED BY            THROUGH  ONLY IF',
      '  decrypt  Gateway/Role  lambda.amazonaws.com  itself   context a = b or c',
      '',
      'chat/Idle (eu-central-1)',
      '  none: no statement of its policy allows a principal',
    ].join('\n'),
  );
});

test('a role is listed with the principals that can assume it, and stores under no key of the account are listed apart', () => {
  const trusting = (...principals: unknown[]) => ({
    ...ROLE,
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: principals.map((Principal) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal })),
      },
    },
  });
  const table = { Type: 'AWS::DynamoDB::Table', Properties: {} };
  const resources = { Role: trusting(ROOT, { Ref: 'Who' }), Key: keyOf(allow({ AWS: ROLE_ARN })), Table: table };
  const template = { Parameters: { Who: { Type: 'String' } }, Resources: resources };
  const found = accessTo([input({}, { template })]);
  expect(found.keys[0]?.entries[0]?.assumedBy).toEqual(['account …', 'a principal that is known only at deployment']);
  expect(found.withoutKey).toEqual([{ name: 'chat/Table', type: 'AWS::DynamoDB::Table' }]);
  expect(accessTable(found)).toContain(
    'under a key of the AWS service: any principal with IAM permission can read it\n  chat/Table (DynamoDB::Table)',
  );
});
