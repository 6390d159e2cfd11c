import assert from 'node:assert/strict';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import type { Aws } from '../machine/aws';
import { ACCOUNT } from '../machine/emulator';
import { type Context, FOUNDATION, PROJECTS, WORKSPACE } from './context';
import { actions, type Document, statementsOf } from './policy';

const USES = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt', 'kms:CreateGrant', 'kms:*'];

/** Customer managed keys of one Region, rotated, with an alias, whose administrators can't decrypt. */
export async function keys(context: Context): Promise<void> {
  const { report, aws, deployed } = context;
  const read = [
    `${WORKSPACE}/Key`,
    `${PROJECTS}/Keys/Key`,
    `${FOUNDATION}/LogKey`,
    `${FOUNDATION}/EvidenceKey`,
    `${FOUNDATION}/Alerts/Key`,
  ];
  await report.check('the account has these keys, and no others of its own', async () => {
    const { Keys = [] } = await aws.kms.send(new ListKeysCommand({ Limit: 1_000 }));
    const own: (string | undefined)[] = [];
    for (const { KeyId } of Keys) {
      const { KeyMetadata } = await aws.kms.send(new DescribeKeyCommand({ KeyId }));
      if (KeyMetadata?.KeyManager === 'CUSTOMER') own.push(KeyId);
    }
    assert.deepEqual(own.sort(), read.map((under) => deployed.one('AWS::KMS::Key', under).physicalId).sort());
    return `${own.length}`;
  });
  for (const under of read) {
    const id = deployed.one('AWS::KMS::Key', under).physicalId;
    await report.check(`${under}: enabled, ours, of one Region, for encryption`, async () => {
      const { KeyMetadata } = await aws.kms.send(new DescribeKeyCommand({ KeyId: id }));
      assert.equal(KeyMetadata?.KeyState, 'Enabled');
      assert.equal(KeyMetadata?.KeyManager, 'CUSTOMER');
      assert.equal(KeyMetadata?.MultiRegion, false);
      assert.equal(KeyMetadata?.KeySpec, 'SYMMETRIC_DEFAULT');
      assert.equal(KeyMetadata?.Arn, `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${id}`);
    });
    await report.check(`${under}: rotates`, async () => {
      const { KeyRotationEnabled } = await aws.kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
      assert.equal(KeyRotationEnabled, true);
    });
    await report.check(`${under}: an alias of the template leads to it`, async () => {
      const { Aliases } = await aws.kms.send(new ListAliasesCommand({ KeyId: id }));
      const [alias] = deployed.ofType('AWS::KMS::Alias').filter(({ path }) => path.startsWith(`${under}/`));
      assert.deepEqual(
        Aliases?.map(({ AliasName }) => AliasName),
        [alias?.physicalId],
      );
      return alias?.physicalId;
    });
    await report.check(
      `${under}: no statement lets the account itself use it, but by a named service or role`,
      async () => {
        const statements = statementsOf(await policy(aws, id));
        for (const statement of statements.filter(({ Effect }) => Effect === 'Allow')) {
          const uses = actions(statement).filter((action) => USES.some((use) => action.startsWith(use)));
          if (uses.length > 0) assert.ok(statement.Condition, `${statement.Sid} lets anyone ${uses.join(', ')}`);
        }
        return statements.map(({ Sid }) => Sid).join(', ');
      },
    );
  }
  await report.check('the key of the log groups serves CloudWatch Logs of this Region and account only', async () => {
    const id = deployed.one('AWS::KMS::Key', `${FOUNDATION}/LogKey`).physicalId;
    const statement = statementsOf(await policy(aws, id)).find(({ Sid }) => Sid === 'LogGroups');
    assert.deepEqual(statement?.Principal, { Service: 'logs.eu-central-1.amazonaws.com' });
    assert.deepEqual(statement?.Condition, {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:eu-central-1:${ACCOUNT}:log-group:*` },
    });
  });
  await report.check('the key of alerts serves alarms of this Region and account only', () =>
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

async function policy(aws: Aws, id: string): Promise<Document> {
  const { Policy } = await aws.kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: 'default' }));
  return JSON.parse(Policy ?? '');
}
