import assert from 'node:assert/strict';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import type { Aws } from '../machine/aws';
import { arnOfKey } from './arn';
import { ADMINISTRATION, type Context, KEY_SETS, PROJECTS, READINGS, WORKSPACE } from './context';

/** What is kept of content, of people and of keys. */
const STORES: readonly Wanted[] = [
  { what: 'conversations', under: `${WORKSPACE}/Conversations`, key: `${WORKSPACE}/Key`, days: 35 },
  { what: 'keys of projects', under: `${PROJECTS}/Keys`, key: `${PROJECTS}/Keys/Key`, days: 35 },
  { what: 'usage', under: `${WORKSPACE}/Usage`, key: `${WORKSPACE}/Key`, days: 35 },
  // An erased key can be restored for as long as recovery reaches back; and what opens content doesn't expire before it.
  { what: 'keys of members', under: `${WORKSPACE}/BranchKeys`, key: `${WORKSPACE}/Key`, days: 1, expires: false },
];

/** What holds nobody's content, and is under DynamoDB's own key: who is kept out, public keys, readings of settings. */
const WITHOUT_CONTENT = [ADMINISTRATION, KEY_SETS, READINGS];

/** Conversations and keys: under their own key, recoverable, ending, protected, in no other Region; and no table besides. */
export async function table(context: Context): Promise<void> {
  const { report, aws, deployed } = context;
  for (const wanted of STORES) await read(context, wanted);
  await report.check('the account has no table but these, and those without content', async () => {
    const { TableNames = [] } = await aws.dynamodb.send(new ListTablesCommand({}));
    const known = [...STORES.map(({ under }) => under), ...WITHOUT_CONTENT];
    const names = known.map((under) => deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId);
    assert.deepEqual([...TableNames].sort(), names.sort());
    return `${TableNames.length}`;
  });
  for (const under of WITHOUT_CONTENT) {
    await report.check(`${under}: can be restored, and is in no other Region`, async () => {
      const TableName = deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId;
      assert.equal((await recoveryOf(aws, TableName))?.PointInTimeRecoveryStatus, 'ENABLED');
      const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName }));
      assert.deepEqual(Table?.Replicas?.filter(({ RegionName }) => RegionName !== 'eu-central-1') ?? [], []);
    });
  }
}

const recoveryOf = async (aws: Aws, TableName: string) =>
  (await aws.dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription
    ?.PointInTimeRecoveryDescription;

interface Wanted {
  readonly what: string;
  readonly under: string;
  readonly key: string;
  /** How far recovery reaches back. */
  readonly days: number;
  /** @default true */
  readonly expires?: boolean;
}

async function read(
  { report, aws, deployed }: Context,
  { what, under, key, days, expires = true }: Wanted,
): Promise<void> {
  const name = deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId;
  const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: name }));

  await report.check(`${what}: encrypted with their own key`, () => {
    assert.equal(Table?.SSEDescription?.Status, 'ENABLED');
    assert.equal(Table?.SSEDescription?.SSEType, 'KMS');
    assert.equal(Table?.SSEDescription?.KMSMasterKeyArn, arnOfKey(deployed, key));
  });
  await report.check(
    `${what}: point-in-time recovery, ${days === 1 ? 'of one day only' : `of ${days} days`}`,
    async () => {
      const recovery = await recoveryOf(aws, name);
      assert.equal(recovery?.PointInTimeRecoveryStatus, 'ENABLED');
      assert.equal(recovery?.RecoveryPeriodInDays, days);
    },
  );
  await report.check(`${what}: items expire ${expires ? 'by expiresAt' : 'never'}`, async () => {
    const { TimeToLiveDescription } = await aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName: name }));
    const enabled = { AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' };
    assert.deepEqual(TimeToLiveDescription, expires ? enabled : { TimeToLiveStatus: 'DISABLED' });
  });
  await report.check(`${what}: protected against deletion`, () => {
    assert.equal(Table?.DeletionProtectionEnabled, true);
  });
  await report.check(`${what}: no replica, no stream`, () => {
    assert.deepEqual(Table?.Replicas?.filter(({ RegionName }) => RegionName !== 'eu-central-1') ?? [], []);
    assert.equal(Table?.StreamSpecification?.StreamEnabled ?? false, false);
  });
}
