import assert from 'node:assert/strict';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { arnOfKey } from './arn';
import { type Context, WORKSPACE } from './context';

/** The conversations: under the workspace's key, recoverable, ending, protected, in no other Region. */
export async function table({ report, aws, deployed }: Context): Promise<void> {
  const name = deployed.one('AWS::DynamoDB::GlobalTable', WORKSPACE).physicalId;
  const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: name }));

  await report.check("conversations: encrypted with the workspace's key", () => {
    assert.equal(Table?.SSEDescription?.Status, 'ENABLED');
    assert.equal(Table?.SSEDescription?.SSEType, 'KMS');
    assert.equal(Table?.SSEDescription?.KMSMasterKeyArn, arnOfKey(deployed, `${WORKSPACE}/Key`));
  });
  await report.check('conversations: point-in-time recovery', async () => {
    const { ContinuousBackupsDescription: backups } = await aws.dynamodb.send(
      new DescribeContinuousBackupsCommand({ TableName: name }),
    );
    assert.equal(backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus, 'ENABLED');
  });
  await report.check('conversations: items expire by expiresAt', async () => {
    const { TimeToLiveDescription } = await aws.dynamodb.send(new DescribeTimeToLiveCommand({ TableName: name }));
    assert.deepEqual(TimeToLiveDescription, { AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
  });
  await report.check('conversations: protected against deletion', () => {
    assert.equal(Table?.DeletionProtectionEnabled, true);
  });
  await report.check('conversations: no replica, no stream', () => {
    assert.deepEqual(Table?.Replicas?.filter(({ RegionName }) => RegionName !== 'eu-central-1') ?? [], []);
    assert.equal(Table?.StreamSpecification?.StreamEnabled ?? false, false);
  });
}
