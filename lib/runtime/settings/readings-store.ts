import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { READINGS_PARTITION, type Reading, readingKey } from '../../boundary/reading';
import { PARTITION_KEY, SORT_KEY } from '../../contract/tables';

/** Where the last reading of each Region and profile is kept for the gateways. */
export class ReadingsStore {
  constructor(
    private readonly dynamodb: DynamoDBClient,
    private readonly table: string,
  ) {}

  public async put(reading: Reading): Promise<void> {
    await this.dynamodb.send(
      new PutItemCommand({
        TableName: this.table,
        Item: {
          [PARTITION_KEY]: { S: READINGS_PARTITION },
          [SORT_KEY]: { S: readingKey(reading) },
          reading: { S: JSON.stringify(reading) },
        },
      }),
    );
  }
}
