import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, NestedStack, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { ResidencyKey, type ResidencyKeyProps } from '@/lib/constructs/keys/residency-key';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { CRYPTOGRAPHIC, isAccountWide, keyStatements, names } from '../../support/key-policy';
import { nagFindings } from '../../support/nag';

const boundary = ResidencyBoundary.eu();
const lambda = new iam.ServicePrincipal('lambda.amazonaws.com');

function keyIn(stack: Stack = stackIn('eu-central-1'), props: Partial<ResidencyKeyProps> = {}) {
  return { stack, key: new ResidencyKey(stack, 'Key', { boundary, ...props }) };
}

const roleIn = (stack: Stack, roleName?: string) => new iam.Role(stack, 'Role', { assumedBy: lambda, roleName });
const decrypting = (stack: Stack) => keyStatements(stack).filter((statement) => names(statement, 'kms:Decrypt'));
const sid = (stack: Stack, name: string) => keyStatements(stack).find(({ Sid }) => Sid === name);

describe('the key', () => {
  const { stack } = keyIn();
  const template = Template.fromStack(stack);

  test('is rotated, single-Region, and deleted 30 days after the request at the earliest', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      MultiRegion: false,
      PendingWindowInDays: 30,
    });
  });

  test('outlives its stack', () => {
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('has an alias', () => template.resourceCountIs('AWS::KMS::Alias', 1));

  test('can be managed by principals of the account', () => {
    expect(names(sid(stack, 'AccountManages') as never, 'kms:PutKeyPolicy')).toBe(true);
  });

  test('has no finding of AwsSolutions', () => expect(nagFindings(stack)).toEqual([]));
});

test.each(REFUSED_REGIONS)('a key in %s is refused', (_, region, found) => {
  expect(() => keyIn(stackIn(region))).toThrow(
    `Chat/Key must be deployed inside the EU because its key decrypts personal data, got ${found}`,
  );
});

describe.each([
  ['with', true],
  ['without', false],
])('%s the default key policies of CDK', (_, flag) => {
  const app = new App({ context: { '@aws-cdk/aws-kms:defaultKeyPolicies': flag } });
  const stack = stackIn('eu-central-1', 'Chat', app);
  const administrators = [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/admin')];
  const { key } = keyIn(stack, { administrators });
  key.allowLogGroups();
  key.allowTrail('arn:aws:cloudtrail:eu-central-1:111122223333:trail/trail');
  key.grantEncryptDecrypt(roleIn(stack));
  key.forTable().grantEncryptDecrypt(roleIn(stackIn('eu-central-1', 'Later', app), 'gateway'));
  const statements = keyStatements(stack);

  test.each(CRYPTOGRAPHIC)("root and the account don't have %s", (action) => {
    expect(statements.filter(isAccountWide).filter((statement) => names(statement, action))).toEqual([]);
  });

  test.each(CRYPTOGRAPHIC)("administrators don't have %s", (action) => {
    const theirs = statements.filter(({ Principal }) => JSON.stringify(Principal).includes('role/admin'));
    expect(theirs).toHaveLength(1);
    expect(theirs.filter((statement) => names(statement, action))).toEqual([]);
  });

  test('every service acts on behalf of this account only', () => {
    const services = statements.filter(({ Principal }) => Principal.Service);
    expect(services.length).toBeGreaterThan(1);
    for (const { Condition } of services) expect(JSON.stringify(Condition)).toContain('111122223333');
  });
});

describe('a grant', () => {
  test('to a role of the same stack applies to that role, which KMS need not know yet', () => {
    const { stack, key } = keyIn();
    key.grantDecrypt(roleIn(stack));
    const [statement, ...others] = decrypting(stack);
    expect(others).toEqual([]);
    expect(JSON.stringify(statement?.Principal.AWS)).toContain(':root');
    expect(statement?.Condition).toEqual({
      ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] } },
    });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Action: ['kms:Decrypt', 'kms:DescribeKey'], Effect: 'Allow' }] },
    });
  });

  test("to decrypt doesn't allow encryption", () => {
    const { stack, key } = keyIn();
    key.grantDecrypt(roleIn(stack));
    expect(keyStatements(stack).filter((statement) => names(statement, 'kms:GenerateDataKey'))).toEqual([]);
  });

  test("to encrypt doesn't allow decryption", () => {
    const { stack, key } = keyIn();
    key.grantEncrypt(roleIn(stack));
    expect(decrypting(stack)).toEqual([]);
    expect(keyStatements(stack).filter((statement) => names(statement, 'kms:GenerateDataKey'))).toHaveLength(1);
  });

  test('to a named role of a later stack applies to that role, without a reference', () => {
    const { stack, key } = keyIn();
    const later = stackIn('eu-central-1', 'Later', stack.node.root as App);
    key.grantDecrypt(new iam.Role(later, 'Role', { assumedBy: lambda, roleName: 'gateway', path: '/eu/' }));
    later.addStackDependency(stack);
    const [statement] = decrypting(stack);
    expect(JSON.stringify(statement?.Condition?.ArnEquals)).toContain(':iam::111122223333:role/eu/gateway');
    expect(statement && isAccountWide(statement)).toBe(false);
    Template.fromStack(later).resourceCountIs('AWS::IAM::Policy', 1);
  });

  test('to an unnamed role of an earlier stack refers to that role, whose stack doesn’t refer to the key', () => {
    const { stack, key } = keyIn();
    const earlier = stackIn('eu-central-1', 'Earlier', stack.node.root as App);
    key.grantDecrypt(roleIn(earlier));
    stack.addStackDependency(earlier);
    const [statement] = decrypting(stack);
    expect(statement?.Principal.AWS).toBe('*');
    expect(JSON.stringify(statement?.Condition?.ArnEquals)).toContain('Earlier:ExportsOutput');
    expect(statement?.Condition?.StringEquals).toEqual({ 'kms:CallerAccount': '111122223333' });
    expect(statement && isAccountWide(statement)).toBe(false);
    Template.fromStack(earlier).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('through a service is refused for an unnamed role of another stack, which would be circular', () => {
    const { stack, key } = keyIn();
    const later = stackIn('eu-central-1', 'Later', stack.node.root as App);
    expect(() => key.forBucket().grantDecrypt(roleIn(later))).toThrow(
      "Later/Role needs a fixed name because it is in another stack than the resource that Chat/Key/Policy encrypts, got a role without a name; set its 'roleName', or define it in stack Chat",
    );
  });

  test('to an imported role names it', () => {
    const { stack, key } = keyIn();
    key.grantDecrypt(iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/auditor'));
    expect(decrypting(stack).map(({ Principal }) => Principal.AWS)).toEqual(['arn:aws:iam::111122223333:role/auditor']);
  });

  test('to a service applies only on behalf of this account', () => {
    const { stack, key } = keyIn();
    key.grantDecrypt(new iam.ServicePrincipal('backup.amazonaws.com'));
    expect(decrypting(stack)[0]?.Condition).toEqual({ StringEquals: { 'aws:SourceAccount': '111122223333' } });
  });

  test.each([
    ['the account', new iam.AccountRootPrincipal()],
    ['another account', new iam.AccountPrincipal('444455556666')],
    ['any principal', new iam.AnyPrincipal()],
  ])('to %s is refused', (_, principal) => {
    expect(() => keyIn().key.grantDecrypt(principal)).toThrow(
      "Chat/Key/Policy: the key's policy must name each role that may use the key, and the account for which a service may, because only named principals may decrypt, got a statement for a whole account",
    );
  });

  const added = (statement: Partial<iam.PolicyStatementProps>, props: Partial<ResidencyKeyProps> = {}) =>
    keyIn(undefined, props).key.key.addToResourcePolicy(
      new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'], ...statement }),
    );
  const root = [new iam.AccountRootPrincipal()];
  const sns = [new iam.ServicePrincipal('sns.amazonaws.com')];
  const roleArn = 'arn:aws:iam::111122223333:role/auditor';
  const strangersArn = 'arn:aws:iam::444455556666:role/auditor';

  test.each<[string, iam.IPrincipal[], Record<string, Record<string, unknown>>]>([
    ['root and a pattern of names', root, { StringLike: { 'aws:PrincipalArn': '*' } }],
    ['root and a pattern where a name belongs', root, { ArnEquals: { 'aws:PrincipalArn': `${roleArn}*` } }],
    ['root and a name next to a pattern', root, { StringEquals: { 'aws:PrincipalArn': [roleArn, '*'] } }],
    ['root and excluded names', root, { StringNotEquals: { 'aws:PrincipalArn': roleArn } }],
    ['root and a name, if there is one', root, { StringEqualsIfExists: { 'aws:PrincipalArn': roleArn } }],
    ['root and root again', root, { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:root' } }],
    ['root through one service', root, { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } }],
    [
      'any principal of the account',
      [new iam.AnyPrincipal()],
      { StringEquals: { 'kms:CallerAccount': '111122223333' } },
    ],
    ['any principal except some', [new iam.StarPrincipal()], { StringNotEquals: { 'aws:PrincipalArn': roleArn } }],
  ])('to %s is refused', (_, principals, conditions) => {
    expect(() => added({ principals, conditions })).toThrow('got a statement for a whole account; grant it to a role');
  });

  test.each<[string, Record<string, Record<string, unknown>>]>([
    ['TLS', { Bool: { 'aws:SecureTransport': 'true' } }],
    ['a source of another account', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-central-1:444455556666:topic' } }],
    ['another account', { StringEquals: { 'aws:SourceAccount': '444455556666' } }],
    ['any source', { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-central-1:*:*' } }],
    ['any bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }],
    ['an account, if there is one', { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } }],
    ['any encryption context', { StringLike: { 'kms:EncryptionContext:aws:sns:topic': '*' } }],
  ])('to a service on the condition of %s is refused', (_, conditions) => {
    expect(() => added({ actions: ['kms:*'], principals: sns, conditions })).toThrow(
      'a service, on behalf of any account',
    );
  });

  test.each<[string, iam.IPrincipal[], Record<string, Record<string, unknown>>]>([
    ['root and the name of a role', root, { ArnEquals: { 'aws:PrincipalArn': roleArn } }],
    ['a service on behalf of the account', sns, { StringEquals: { 'AWS:sourceaccount': '111122223333' } }],
    ['a service for a source', sns, { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-central-1:111122223333:*' } }],
    ['a service for one bucket', sns, { ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::one' } }],
    ['a service for a context', sns, { StringEquals: { 'kms:EncryptionContext:topic': 'one' } }],
  ])('to %s is accepted', (_, principals, conditions) => {
    expect(() => added({ principals, conditions })).not.toThrow();
  });

  test('to a role of another account is refused', () => {
    const { stack, key } = keyIn();
    expect(() => key.grantDecrypt(iam.Role.fromRoleArn(stack, 'Role', strangersArn))).toThrow(
      `Chat/Key/Policy: the key's policy must name each role that may use the key, and the account for which a service may, because only named principals may decrypt, got a statement for '${strangersArn}', which belongs to another account; grant it to a role of the account`,
    );
    expect(() => added({ principals: root, conditions: { ArnEquals: { 'aws:PrincipalArn': strangersArn } } })).toThrow(
      'which belongs to another account',
    );
  });

  test('to a role of an admitted account is accepted, and its reason stored', () => {
    const otherAccounts = [{ accountId: '444455556666', reason: 'the group’s auditors' }];
    const { stack, key } = keyIn(undefined, { otherAccounts });
    key.grantDecrypt(iam.Role.fromRoleArn(stack, 'Role', strangersArn));
    expect(decrypting(stack).map(({ Principal }) => Principal.AWS)).toEqual([strangersArn]);
    Template.fromStack(stack).hasResource('AWS::KMS::Key', {
      Metadata: { 'residency:account:444455556666': 'the group’s auditors' },
    });
  });

  test.each([
    ['a pattern', { accountId: '*', reason: 'all' }],
    ['no reason', { accountId: '444455556666', reason: ' ' }],
  ])('an account with %s is refused', (_, account) => {
    expect(() => keyIn(undefined, { otherAccounts: [account] })).toThrow(
      `Chat/Key: 'otherAccounts' must name each account by its twelve digits and give the reason because its roles may then use the key, got '${account.accountId}' with reason '${account.reason}'; set both`,
    );
  });

  test.each([
    ['an id', new iam.ArnPrincipal('AROAEXAMPLE'), "'AROAEXAMPLE', whose account is unknown"],
    ['an identity provider', new iam.WebIdentityPrincipal('accounts.example.eu'), 'a principal of kind Federated'],
  ])('to %s is refused', (_, principal, found) => {
    expect(() => added({ principals: [principal] })).toThrow(`got a statement for ${found}`);
  });

  test('to a role of any account is refused in a stack without an account', () => {
    const stack = new Stack(new App(), 'Chat', { env: { region: 'eu-central-1' } });
    const { key } = keyIn(stack);
    expect(() => key.grantDecrypt(iam.Role.fromRoleArn(stack, 'Auditor', roleArn))).toThrow(
      'belongs to another account',
    );
    expect(() => key.grantDecrypt(roleIn(stack, 'auditor'))).not.toThrow();
  });

  test.each(['kms:*', 'kms:Decr*', '*', 'KMS:decrypt'])(
    'of %s to the account is refused as a statement too',
    (action) => {
      const statement = new iam.PolicyStatement({
        actions: [action],
        resources: ['*'],
        principals: [new iam.AccountRootPrincipal()],
      });
      expect(() => keyIn().key.key.addToResourcePolicy(statement)).toThrow('a whole account');
    },
  );

  test('to a service without a condition is refused as a statement', () => {
    const statement = new iam.PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: ['*'],
      principals: [new iam.ServicePrincipal('sns.amazonaws.com')],
    });
    expect(() => keyIn().key.key.addToResourcePolicy(statement)).toThrow('a service, on behalf of any account');
  });

  test('of an operation that a symmetric key doesn’t support is refused', () => {
    const { stack, key } = keyIn();
    expect(() => key.key.grantSign(roleIn(stack))).toThrow("a symmetric encryption key can't sign");
  });

  test('by CDK for an encrypted bucket is added to the policy of the key', () => {
    const { stack, key } = keyIn();
    const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey: key.forBucket() });
    bucket.grantRead(roleIn(stack));
    expect(decrypting(stack)).toHaveLength(1);
    expect(decrypting(stack)[0]?.Condition).toMatchObject({
      StringEquals: { 'kms:ViaService': ['s3.eu-central-1.amazonaws.com'] },
    });
  });
});

test('CloudTrail can decrypt for its trail, which a bucket with a bucket key requires', () => {
  const { stack, key } = keyIn();
  const trailArn = 'arn:aws:cloudtrail:eu-central-1:111122223333:trail/trail';
  key.allowTrail(trailArn);
  expect(sid(stack, 'Trail')).toMatchObject({
    Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'],
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceArn': trailArn } },
  });
});

describe('a key for a table', () => {
  const forTable = (stack: Stack) => {
    keyIn(stack).key.forTable();
    return stack;
  };

  test('allows CloudFormation’s role to create grants for DynamoDB only', () => {
    expect(sid(forTable(stackIn('eu-central-1')), 'DeploymentLendsToTables')).toMatchObject({
      Action: 'kms:CreateGrant',
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': expect.anything() },
        StringEquals: { 'kms:ViaService': ['dynamodb.eu-central-1.amazonaws.com'] },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    });
  });

  test('allows CloudFormation’s role only the actions that DynamoDB requires of a table’s creator, through DynamoDB', () => {
    const stack = forTable(stackIn('eu-central-1'));
    const deployment = keyStatements(stack).filter(({ Condition }) => Condition?.ArnEquals);
    expect(deployment.flatMap(({ Action }) => Action).sort()).toEqual([
      'kms:CreateGrant',
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey*',
      'kms:ReEncrypt*',
    ]);
    for (const { Condition } of deployment) {
      expect(Condition?.StringEquals).toEqual({ 'kms:ViaService': ['dynamodb.eu-central-1.amazonaws.com'] });
    }
  });

  const roleOf = (stack: Stack) =>
    JSON.stringify(sid(stack, 'DeploymentCreatesTables')?.Condition?.ArnEquals?.['aws:PrincipalArn']);
  const env = { account: '111122223333', region: 'eu-central-1' };

  test('takes that role from the synthesizer of the stack', () => {
    const synthesizer = new DefaultStackSynthesizer({ qualifier: 'residency' });
    expect(roleOf(forTable(new Stack(new App(), 'Chat', { env, synthesizer })))).toContain(
      ':iam::111122223333:role/cdk-residency-cfn-exec-role-111122223333-eu-central-1',
    );
  });

  test('takes that role from the parent of a nested stack', () => {
    const nested = new NestedStack(stackIn('eu-central-1'), 'Nested');
    expect(roleOf(forTable(nested))).toContain(':role/cdk-hnb659fds-cfn-exec-role-111122223333-eu-central-1');
  });

  test('is refused without an execution role', () => {
    const synthesizer = new CliCredentialsStackSynthesizer();
    expect(() => forTable(new Stack(new App(), 'Chat', { env, synthesizer }))).toThrow(
      'needs a CloudFormation execution role, because only such a role may create a table under its key, got a stack whose synthesizer has none; use a DefaultStackSynthesizer',
    );
  });

  test('has the same statements however often it is used', () => {
    const { stack, key } = keyIn();
    key.forTable();
    key.forTable();
    expect(keyStatements(stack).filter(({ Sid }) => Sid === 'DeploymentCreatesTables')).toHaveLength(1);
  });

  test('accepts either suffix of DynamoDB in the sovereign partition', () => {
    const statement = sid(forTable(stackIn('eusc-de-east-1')), 'DeploymentCreatesTables');
    expect(statement?.Condition?.StringEquals?.['kms:ViaService']).toEqual([
      'dynamodb.eusc-de-east-1.amazonaws.com',
      'dynamodb.eusc-de-east-1.amazonaws.eu',
    ]);
  });
});

test('root can’t use the key in a stack without an account either', () => {
  const stack = new Stack(new App(), 'Chat', { env: { region: 'eu-central-1' } });
  keyIn(stack).key.forTable();
  const wide = keyStatements(stack).filter(isAccountWide);
  expect(wide).toHaveLength(1);
  expect(wide.filter((statement) => CRYPTOGRAPHIC.some((action) => names(statement, action)))).toEqual([]);
});

test('kms.Key isn’t suitable: to a role of a dependent stack it grants by naming the whole account', () => {
  const stack = stackIn('eu-central-1');
  const later = stackIn('eu-central-1', 'Later', stack.node.root as App);
  later.addStackDependency(stack);
  new kms.Key(stack, 'Key').grantDecrypt(roleIn(later, 'gateway'));
  expect(decrypting(stack).some(isAccountWide)).toBe(true);
});
