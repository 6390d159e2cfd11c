import assert from 'node:assert/strict';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import type { Aws } from '../harness/aws';
import { ACCOUNT } from '../harness/emulator';
import { type Context, FOUNDATION, LEDGER, PROJECTS, WORKSPACE } from './context';
import { actions, type Document, statementsOf } from './policy';

const USES = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt', 'kms:CreateGrant', 'kms:*'];

/** Customer managed keys of one Region with rotation and an alias, whose administrators can't decrypt. */
export async function keys(context: Context): Promise<void> {
  const { report, aws, deployed } = context;
  const expected = [
    `${WORKSPACE}/Key`,
    `${PROJECTS}/Keys/Key`,
    `${FOUNDATION}/LogKey`,
    `${FOUNDATION}/EvidenceKey`,
    `${FOUNDATION}/Alerts/Key`,
  ];
  await report.check('the account has only these customer managed keys', async () => {
    const { Keys = [] } = await aws.kms.send(new ListKeysCommand({ Limit: 1_000 }));
    const own: (string | undefined)[] = [];
    for (const { KeyId } of Keys) {
      const { KeyMetadata } = await aws.kms.send(new DescribeKeyCommand({ KeyId }));
      if (KeyMetadata?.KeyManager === 'CUSTOMER') own.push(KeyId);
    }
    assert.deepEqual(
      own.sort(),
      [...expected, LEDGER].map((under) => deployed.one('AWS::KMS::Key', under).physicalId).sort(),
    );
    return `${own.length}`;
  });
  for (const under of expected) {
    const id = deployed.one('AWS::KMS::Key', under).physicalId;
    await report.check(
      `${under}: the key is enabled, customer managed, in one Region only, and for encryption`,
      async () => {
        const { KeyMetadata } = await aws.kms.send(new DescribeKeyCommand({ KeyId: id }));
        assert.equal(KeyMetadata?.KeyState, 'Enabled');
        assert.equal(KeyMetadata?.KeyManager, 'CUSTOMER');
        assert.equal(KeyMetadata?.MultiRegion, false);
        assert.equal(KeyMetadata?.KeySpec, 'SYMMETRIC_DEFAULT');
        assert.equal(KeyMetadata?.Arn, `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${id}`);
      },
    );
    await report.check(`${under}: the key rotates`, async () => {
      const { KeyRotationEnabled } = await aws.kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
      assert.equal(KeyRotationEnabled, true);
    });
    await report.check(`${under}: the template's alias points to the key`, async () => {
      const { Aliases } = await aws.kms.send(new ListAliasesCommand({ KeyId: id }));
      const [alias] = deployed.ofType('AWS::KMS::Alias').filter(({ path }) => path.startsWith(`${under}/`));
      assert.deepEqual(
        Aliases?.map(({ AliasName }) => AliasName),
        [alias?.physicalId],
      );
      return alias?.physicalId;
    });
    await report.check(
      `${under}: only a named service or role may use the key, not the account as a whole`,
      async () => {
        const statements = statementsOf(await policy(aws, id));
        for (const statement of statements.filter(({ Effect }) => Effect === 'Allow')) {
          const uses = actions(statement).filter((action) => USES.some((use) => action.startsWith(use)));
          if (uses.length > 0)
            assert.ok(statement.Condition, `${statement.Sid} allows every principal ${uses.join(', ')}`);
        }
        return statements.map(({ Sid }) => Sid).join(', ');
      },
    );
  }
  await report.check("the log groups' key is only for CloudWatch Logs of this Region and account", async () => {
    const id = deployed.one('AWS::KMS::Key', `${FOUNDATION}/LogKey`).physicalId;
    const statement = statementsOf(await policy(aws, id)).find(({ Sid }) => Sid === 'LogGroups');
    assert.deepEqual(statement?.Principal, { Service: 'logs.eu-central-1.amazonaws.com' });
    assert.deepEqual(statement?.Condition, {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:*` },
    });
  });
  await report.check("the ledger's key is in one Region, only signs, and only for the ledger's function", () =>
    onlyTheLedgerSigns(context),
  );
  await report.check("the alerts' key is only for alarms of this Region and account", () =>
    alarmsMayUseTheirKey(context),
  );
}

async function alarmsMayUseTheirKey({ aws, deployed }: Context): Promise<void> {
  const id = deployed.one('AWS::KMS::Key', `${FOUNDATION}/Alerts/Key`).physicalId;
  const statement = statementsOf(await policy(aws, id)).find(({ Sid }) => Sid === 'Alarms');
  assert.deepEqual(statement?.Principal, { Service: 'cloudwatch.amazonaws.com' });
  assert.deepEqual(statement?.Condition, {
    StringEquals: { 'aws:SourceAccount': ACCOUNT },
    ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-central-1:${ACCOUNT}:alarm:*` },
  });
}

async function onlyTheLedgerSigns({ aws, deployed }: Context): Promise<void> {
  const KeyId = deployed.one('AWS::KMS::Key', LEDGER).physicalId;
  const { KeyMetadata } = await aws.kms.send(new DescribeKeyCommand({ KeyId }));
  assert.deepEqual(
    [KeyMetadata?.KeyState, KeyMetadata?.KeyManager, KeyMetadata?.MultiRegion, KeyMetadata?.KeyUsage],
    ['Enabled', 'CUSTOMER', false, 'SIGN_VERIFY'],
  );
  assert.equal(KeyMetadata?.KeySpec, 'ECC_NIST_EDWARDS25519');
  const signing = statementsOf(await policy(aws, KeyId)).filter((statement) => actions(statement).includes('kms:Sign'));
  const role = deployed.one('AWS::IAM::Role', LEDGER).physicalId;
  assert.deepEqual(
    signing.map(({ Effect, Condition }) => [Effect, Condition]),
    [
      [
        'Allow',
        {
          ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/${role}` },
          StringEquals: { 'kms:MessageType': 'RAW', 'kms:SigningAlgorithm': 'ED25519_SHA_512' },
        },
      ],
    ],
  );
}

async function policy(aws: Aws, id: string): Promise<Document> {
  const { Policy } = await aws.kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }));
  return JSON.parse(Policy ?? '');
}
