import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { READINGS_PARTITION, type Reading, readingKey } from '../../boundary/reading';

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
          pk: { S: READINGS_PARTITION },
          sk: { S: readingKey(reading) },
          reading: { S: JSON.stringify(reading) },
        },
      }),
    );
  }
}
