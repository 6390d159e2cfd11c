import assert from 'node:assert/strict';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { arnOfKey } from './arn';
import { type Context, PROJECTS, WORKSPACE } from './context';

/** Conversations and keys: under their own key, recoverable, ending, protected, in no other Region. */
export async function table(context: Context): Promise<void> {
  await read(context, 'conversations', { under: `${WORKSPACE}/Conversations`, key: `${WORKSPACE}/Key`, days: 35 });
  await read(context, 'keys of projects', { under: `${PROJECTS}/Keys`, key: `${PROJECTS}/Keys/Key`, days: 35 });
  await read(context, 'usage', { under: `${WORKSPACE}/Usage`, key: `${WORKSPACE}/Key`, days: 35 });
  // An erased key can be restored for as long as recovery reaches back; and what opens content doesn't expire before it.
  const keysOfMembers = { under: `${WORKSPACE}/BranchKeys`, key: `${WORKSPACE}/Key`, days: 1, expires: false };
  await read(context, 'keys of members', keysOfMembers);
}

interface Wanted {
  readonly under: string;
  readonly key: string;
  /** How far recovery reaches back. */
  readonly days: number;
  /** @default true */
  readonly expires?: boolean;
}

async function read(
  { report, aws, deployed }: Context,
  what: string,
  { under, key, days, expires = true }: Wanted,
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
      const { ContinuousBackupsDescription: backups } = await aws.dynamodb.send(
        new DescribeContinuousBackupsCommand({ TableName: name }),
      );
      assert.equal(backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus, 'ENABLED');
      assert.equal(backups?.PointInTimeRecoveryDescription?.RecoveryPeriodInDays, days);
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
