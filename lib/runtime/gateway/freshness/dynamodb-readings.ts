import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { RETENTION_CHECKS_PARTITION, type RetentionCheck } from '../../../boundary/retention-check';
import { parseRetentionCheck } from '../../../boundary/retention-verification';
import { PARTITION_KEY } from '../../../contract/tables';
import type { Table } from '../../aws/table';

/** The latest check results for Bedrock, by key. */
export type Readings = ReadonlyMap<string, RetentionCheck>;

/** Reads all check results of a deployment. A result of another form, or under another key than its own, counts as missing. */
export async function readReadings({ client, name }: Table): Promise<Readings> {
  const readings = new Map<string, RetentionCheck>();
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: `${PARTITION_KEY} = :readings`,
        ExpressionAttributeValues: { ':readings': { S: RETENTION_CHECKS_PARTITION } },
        ExclusiveStartKey,
      }),
    );
    for (const { sk, reading } of page.Items ?? []) {
      const parsed = parseRetentionCheck(sk?.S ?? '', reading?.S ?? '');
      if (parsed !== undefined) readings.set(sk?.S ?? '', parsed);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return readings;
}
