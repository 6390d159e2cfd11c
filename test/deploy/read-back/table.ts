import assert from 'node:assert/strict';
import {
  DescribeContinuousBackupsCommand,
  DescribeContributorInsightsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import type { Aws } from '../harness/aws';
import { arnOfKey } from './arn';
import { CHECK_RESULTS, type Context, KEY_SETS, PROJECTS, RECORD_LINKS, SUSPENSIONS, WORKSPACE } from './context';

/** The tables of content, users and keys. */
const STORES: readonly Store[] = [
  { what: 'conversations', under: `${WORKSPACE}/Conversations`, key: `${WORKSPACE}/Key`, days: 35 },
  { what: 'keys of projects', under: `${PROJECTS}/Keys`, key: `${PROJECTS}/Keys/Key`, days: 35 },
  { what: 'usage', under: `${WORKSPACE}/Usage`, key: `${WORKSPACE}/Key`, days: 35 },
  // An erased key can be restored within the recovery period, and a key must not expire before the content that it decrypts.
  { what: 'keys of members', under: `${WORKSPACE}/BranchKeys`, key: `${WORKSPACE}/Key`, days: 1, expires: false },
];

/** Tables without content, under DynamoDB's own key: blocked members, public keys, check results of settings, requests for keys. */
const WITHOUT_CONTENT = [SUSPENSIONS, KEY_SETS, CHECK_RESULTS, `${WORKSPACE}/KeyRequests`];

/** Conversations and keys: under their own key, recoverable, expiring, protected, and only in the home Region. No other table exists. */
export async function table(context: Context): Promise<void> {
  const { report, aws, deployed } = context;
  for (const store of STORES) await readBack(context, store);
  await report.check('the account has only these tables and those without content', async () => {
    const { TableNames = [] } = await aws.dynamodb.send(new ListTablesCommand({}));
    const known = [...STORES.map(({ under }) => under), ...WITHOUT_CONTENT, RECORD_LINKS];
    const names = known.map((under) => deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId);
    assert.deepEqual([...TableNames].sort(), names.sort());
    return `${TableNames.length}`;
  });
  await report.check(
    `${RECORD_LINKS}: links expire, no backup keeps those that an erasure deleted, and no metric shows who sends most`,
    async () => {
      const TableName = deployed.one('AWS::DynamoDB::GlobalTable', RECORD_LINKS).physicalId;
      const { TimeToLiveDescription } = await aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
      assert.equal(TimeToLiveDescription?.AttributeName, 'expiresAt');
      assert.notEqual((await recoveryOf(aws, TableName))?.PointInTimeRecoveryStatus, 'ENABLED');
      const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName }));
      assert.deepEqual(
        Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName),
        ['by-hour'],
      );
      for (const IndexName of [undefined, 'by-hour']) {
        const insights = await aws.dynamodb.send(new DescribeContributorInsightsCommand({ TableName, IndexName }));
        assert.equal(insights.ContributorInsightsStatus, 'DISABLED');
      }
      assert.deepEqual(Table?.Replicas?.filter(({ RegionName }) => RegionName !== 'eu-central-1') ?? [], []);
    },
  );
  for (const under of WITHOUT_CONTENT) {
    await report.check(`${under}: the table can be restored, and has no replica in another Region`, async () => {
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

interface Store {
  readonly what: string;
  readonly under: string;
  readonly key: string;
  /** The recovery period. */
  readonly days: number;
  /** @default true */
  readonly expires?: boolean;
}

async function readBack(
  { report, aws, deployed }: Context,
  { what, under, key, days, expires = true }: Store,
): Promise<void> {
  const name = deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId;
  const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: name }));

  await report.check(`${what}: the table is encrypted with their own key`, () => {
    assert.equal(Table?.SSEDescription?.Status, 'ENABLED');
    assert.equal(Table?.SSEDescription?.SSEType, 'KMS');
    assert.equal(Table?.SSEDescription?.KMSMasterKeyArn, arnOfKey(deployed, key));
  });
  await report.check(
    `${what}: point-in-time recovery covers ${days === 1 ? 'one day only' : `${days} days`}`,
    async () => {
      const recovery = await recoveryOf(aws, name);
      assert.equal(recovery?.PointInTimeRecoveryStatus, 'ENABLED');
      assert.equal(recovery?.RecoveryPeriodInDays, days);
    },
  );
  await report.check(`${what}: items ${expires ? 'expire by expiresAt' : 'never expire'}`, async () => {
    const { TimeToLiveDescription } = await aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName: name }));
    const enabled = { AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' };
    assert.deepEqual(TimeToLiveDescription, expires ? enabled : { TimeToLiveStatus: 'DISABLED' });
  });
  await report.check(`${what}: the table is protected against deletion`, () => {
    assert.equal(Table?.DeletionProtectionEnabled, true);
  });
  await report.check(`${what}: the table has no replica and no stream`, () => {
    assert.deepEqual(Table?.Replicas?.filter(({ RegionName }) => RegionName !== 'eu-central-1') ?? [], []);
    assert.equal(Table?.StreamSpecification?.StreamEnabled ?? false, false);
  });
}
