import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { RETENTION_CHECKS_PARTITION, type RetentionCheck, retentionCheckKey } from '../../boundary/retention-check';
import { PARTITION_KEY, RELEASE_ROW, SORT_KEY } from '../../contract/tables';
import type { FactsRelease } from '../../facts/release-facts';
import type { Raised } from './facts-release';

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

  /**
   * Stores the release as the highest one, unless a higher one is stored, or other content under its version. One conditional write, so
   * that of two deployments at once the lower one can't win.
   */
  public async raise({ version, digest }: FactsRelease): Promise<Raised> {
    try {
      await this.dynamodb.send(
        new PutItemCommand({
          TableName: this.table,
          Item: {
            [PARTITION_KEY]: { S: RELEASE_ROW[PARTITION_KEY] },
            [SORT_KEY]: { S: RELEASE_ROW[SORT_KEY] },
            version: { N: String(version) },
            digest: { S: digest },
          },
          ConditionExpression:
            'attribute_not_exists(#key) OR #version < :version OR (#version = :version AND #digest = :digest)',
          ExpressionAttributeNames: { '#key': PARTITION_KEY, '#version': 'version', '#digest': 'digest' },
          ExpressionAttributeValues: { ':version': { N: String(version) }, ':digest': { S: digest } },
          // The role may write to the table and not read it.
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { raised: true };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const highest = Number(error.Item?.version?.N);
      return { raised: false, ...(Number.isSafeInteger(highest) && { highest }) };
    }
  }
}
