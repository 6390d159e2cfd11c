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
  await read(context, 'conversations', `${WORKSPACE}/Conversations`, `${WORKSPACE}/Key`);
  await read(context, 'keys of projects', `${PROJECTS}/Keys`, `${PROJECTS}/Keys/Key`);
}

async function read({ report, aws, deployed }: Context, what: string, under: string, key: string): Promise<void> {
  const name = deployed.one('AWS::DynamoDB::GlobalTable', under).physicalId;
  const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: name }));

  await report.check(`${what}: encrypted with their own key`, () => {
    assert.equal(Table?.SSEDescription?.Status, 'ENABLED');
    assert.equal(Table?.SSEDescription?.SSEType, 'KMS');
    assert.equal(Table?.SSEDescription?.KMSMasterKeyArn, arnOfKey(deployed, key));
  });
  await report.check(`${what}: point-in-time recovery`, async () => {
    const { ContinuousBackupsDescription: backups } = await aws.dynamodb.send(
      new DescribeContinuousBackupsCommand({ TableName: name }),
    );
    assert.equal(backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus, 'ENABLED');
  });
  await report.check(`${what}: items expire by expiresAt`, async () => {
    const { TimeToLiveDescription } = await aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName: name }));
    assert.deepEqual(TimeToLiveDescription, { AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
  });
  await report.check(`${what}: protected against deletion`, () => {
    assert.equal(Table?.DeletionProtectionEnabled, true);
  });
  await report.check(`${what}: no replica, no stream`, () => {
    assert.deepEqual(Table?.Replicas?.filter(({ RegionName }) => RegionName !== 'eu-central-1') ?? [], []);
    assert.equal(Table?.StreamSpecification?.StreamEnabled ?? false, false);
  });
}
