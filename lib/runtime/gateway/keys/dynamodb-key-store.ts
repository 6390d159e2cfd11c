import { PutItemCommand, QueryCommand, type QueryCommandOutput, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT, KEYS_PARTITION, PARTITION_KEY } from '../../../contract/tables';
import { DynamoDbKeys } from './dynamodb-keys';
import { forgetAfter, itemKey, toItem, toRecord } from './key-item';
import type { KeyRecord } from './key-record';
import { KeyConflict, type KeyStore } from './key-registry';

/** Manages the keys in a DynamoDB table. */
export class DynamoDbKeyStore extends DynamoDbKeys implements KeyStore {
  public async add(record: KeyRecord): Promise<void> {
    const { client, name: TableName } = this.table;
    const ConditionExpression = `attribute_not_exists(${PARTITION_KEY})`;
    await orConflict(
      client.send(new PutItemCommand({ TableName, Item: toItem(record), ConditionExpression })),
      `the id '${record.id}' is taken; try again`,
    );
  }

  public async list(project: string): Promise<KeyRecord[]> {
    const records: KeyRecord[] = [];
    let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const page: QueryCommandOutput = await this.table.client.send(
        new QueryCommand({
          TableName: this.table.name,
          KeyConditionExpression: `${PARTITION_KEY} = :keys`,
          FilterExpression: '#project = :project',
          ExpressionAttributeNames: { '#project': 'project' },
          ExpressionAttributeValues: { ':keys': { S: KEYS_PARTITION }, ':project': { S: project } },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      records.push(...(page.Items ?? []).map(toRecord));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return records.sort((a, b) => a.created.getTime() - b.created.getTime());
  }

  public async replace(record: KeyRecord, was: KeyRecord): Promise<void> {
    const { client, name: TableName } = this.table;
    const put = new PutItemCommand({
      TableName,
      Item: toItem(record),
      ConditionExpression: '#hash = :was AND attribute_not_exists(#revoked)',
      ExpressionAttributeNames: { '#hash': 'hash', '#revoked': 'revoked' },
      ExpressionAttributeValues: { ':was': { S: was.hash } },
    });
    await orConflict(client.send(put), `key '${was.id}' was changed in the meantime; list the keys again`);
  }

  public async revoke(id: string, project: string, revoked: Date): Promise<void> {
    const { client, name: TableName } = this.table;
    const update = new UpdateItemCommand({
      TableName,
      Key: itemKey(id),
      UpdateExpression: 'SET #revoked = :revoked, #forget = :forget',
      ConditionExpression: '#project = :project AND attribute_not_exists(#revoked)',
      ExpressionAttributeNames: { '#project': 'project', '#revoked': 'revoked', '#forget': EXPIRES_AT },
      ExpressionAttributeValues: {
        ':project': { S: project },
        ':revoked': { S: revoked.toISOString() },
        ':forget': forgetAfter(revoked),
      },
    });
    await orConflict(client.send(update), `project '${project}' has no key '${id}' that can be revoked`);
  }
}

async function orConflict(change: Promise<unknown>, message: string): Promise<void> {
  try {
    await change;
  } catch (error) {
    throw (error as Error).name === 'ConditionalCheckFailedException' ? new KeyConflict(message) : error;
  }
}
