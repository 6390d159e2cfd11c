import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { RETENTION_CHECKS_PARTITION, type RetentionCheck, retentionCheckKey } from '../../boundary/retention-check';
import { PARTITION_KEY, SORT_KEY } from '../../contract/tables';

/** Stores the last check result of each Region and profile, for the gateways. */
export class ReadingsStore {
  constructor(
    private readonly dynamodb: DynamoDBClient,
    private readonly table: string,
  ) {}

  public async put(reading: RetentionCheck): Promise<void> {
    await this.dynamodb.send(
      new PutItemCommand({
        TableName: this.table,
        Item: {
          [PARTITION_KEY]: { S: RETENTION_CHECKS_PARTITION },
          [SORT_KEY]: { S: retentionCheckKey(reading) },
          reading: { S: JSON.stringify(reading) },
        },
      }),
    );
  }
}
