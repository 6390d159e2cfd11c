import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { access } from '@/lib/cli/commands/access';
import { type AwsAnswer, FakeAws } from '../../support/fake-aws';
import { folder } from '../support';

const CONFIG = `boundary: eu
name: exemple
account: "111122223333"
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces: [{ id: sciences, edition: edu, retention: 365d, models: [assistant] }]
`;
const aws = new FakeAws();
beforeAll(() => aws.start());
afterAll(() => aws.stop());

async function run(...args: string[]) {
  const [out, errors]: [string[], string[]] = [[], []];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void errors.push(line)),
  ];
  const before = { ...process.env };
  Object.assign(process.env, aws.environment());
  try {
    return { code: await access(args), out: out.join('\n'), errors: errors.join('\n') };
  } finally {
    process.env = before;
    for (const spy of spies) spy.mockRestore();
  }
}

const keyOf = (Principal: object) => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal, Action: 'kms:Decrypt', Resource: '*' }] } },
});

test('files are read, and what is unknown is a code of its own', async () => {
  const known = folder({
    'a.template.json': JSON.stringify({ Resources: { Key: keyOf({ Service: 'x.amazonaws.com' }) } }),
  });
  expect(await run(path.join(known, 'a.template.json'))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/decrypt +x\.amazonaws\.com +- +itself/),
  });
  writeFileSync(
    path.join(known, 'b.template.json'),
    JSON.stringify({ Resources: { Key: keyOf({ AWS: '111122223333' }) } }),
  );
  const { code, out } = await run(path.join(known, 'b.template.json'), '--format', 'json');
  expect([code, JSON.parse(out).keys[0].entries[0]]).toEqual([
    1,
    expect.objectContaining({ who: 'account 111122223333', kind: 'account', can: 'decrypt' }),
  ]);
  expect(await run(path.join(known, 'none.json'))).toMatchObject({
    code: 2,
    errors: expect.stringContaining('not read'),
  });
});

test.each([
  [['--live', 'cdk.out'], '--live reads no files'],
  [['--config', 'x.yaml'], '--config applies to --live only'],
  [['--format', 'xml'], '--format'],
])('%j is refused', async (args, message) => {
  await expect(run(...args)).rejects.toThrow(message);
});

describe('of an account', () => {
  const config = () => path.join(folder({ 'residency.yaml': CONFIG }), 'residency.yaml');
  const IDENTITY: AwsAnswer = {
    xml: '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account><Arn>arn:aws:sts::111122223333:assumed-role/ops/x</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>',
  };
  const ANSWERS: Record<string, (body: { KeyId?: string }) => AwsAnswer> = {
    GetCallerIdentity: () => IDENTITY,
    ListKeys: () => ({ json: { Keys: ['own', 'theirs', 'hidden'].map((KeyId) => ({ KeyId })) } }),
    ListAliases: () => ({ json: { Aliases: [{ AliasName: 'alias/chat', TargetKeyId: 'own' }] } }),
    DescribeKey: ({ KeyId }) => ({
      json: { KeyMetadata: { KeyId, KeyManager: KeyId === 'theirs' ? 'AWS' : 'CUSTOMER' } },
    }),
    GetKeyPolicy: ({ KeyId }) =>
      KeyId === 'hidden'
        ? { error: 'AccessDeniedException' }
        : {
            json: {
              Policy: JSON.stringify(keyOf({ AWS: 'arn:aws:iam::111122223333:role/gateway' }).Properties.KeyPolicy),
            },
          },
    ListGrants: () => ({
      json: {
        Grants: [
          {
            GranteePrincipal: 'dynamodb.amazonaws.com',
            Operations: ['Decrypt', 'GenerateDataKey'],
            Constraints: { EncryptionContextSubset: { 'aws:dynamodb:tableName': 'chat' } },
          },
          { GranteePrincipal: 'arn:aws:iam::111122223333:role/x', Operations: ['Encrypt'] },
        ],
      },
    }),
  };
  const answering = (over: Partial<typeof ANSWERS> = {}) => {
    const answers = { ...ANSWERS, ...over };
    aws.answerers = [({ action, body }) => answers[action]?.(body.startsWith('{') ? JSON.parse(body) : {})];
  };

  test('its own keys are read with their grants, and one that can not be read is unknown', async () => {
    answering();
    const { code, out } = await run('--live', '--config', config(), '--format', 'json');
    expect(code).toBe(1);
    const { keys } = JSON.parse(out);
    expect(keys.map(({ key, region }: { key: string; region: string }) => [key, region])).toEqual([
      ['alias/chat (own)', 'eu-central-1'],
      ['hidden', 'eu-central-1'],
    ]);
    const grant = {
      who: 'dynamodb.amazonaws.com',
      kind: 'service',
      can: 'decrypt',
      by: 'grant',
      through: [],
      context: { 'aws:dynamodb:tableName': ['chat'] },
      conditions: [],
    };
    expect(keys[0].entries).toEqual([
      expect.objectContaining({ who: 'arn:aws:iam::111122223333:role/gateway', by: 'key policy' }),
      grant,
    ]);
    expect(keys[0].unknown).toEqual([]);
    expect(keys[1]).toMatchObject({ entries: [grant], unknown: ["its policy can't be read (AccessDeniedException)"] });
  });

  test('keys that can not be listed are unknown too', async () => {
    answering({ ListKeys: () => ({ error: 'AccessDeniedException' }) });
    expect(await run('--live', '--config', config())).toMatchObject({
      code: 1,
      out: expect.stringContaining("the keys of eu-central-1 can't be listed (AccessDeniedException)"),
    });
  });

  test("another account's credentials read nothing", async () => {
    answering();
    const other = path.join(
      folder({ 'residency.yaml': CONFIG.replace('111122223333', '444455556666') }),
      'residency.yaml',
    );
    await expect(run('--live', '--config', other)).rejects.toThrow('is for 444455556666');
  });
});
