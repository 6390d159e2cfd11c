import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { READINGS_PARTITION, type Reading } from '../../../boundary/reading';
import { parseReading } from '../../../boundary/verified';
import { PARTITION_KEY } from '../../../contract/tables';
import type { Table } from '../../aws/table';

/** What was last read of Bedrock, by key. */
export type Readings = ReadonlyMap<string, Reading>;

/** Reads all readings of a deployment. One of another form, or under another key than its own, counts as missing. */
export async function readReadings({ client, name }: Table): Promise<Readings> {
  const readings = new Map<string, Reading>();
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: `${PARTITION_KEY} = :readings`,
        ExpressionAttributeValues: { ':readings': { S: READINGS_PARTITION } },
        ExclusiveStartKey,
      }),
    );
    for (const { sk, reading } of page.Items ?? []) {
      const parsed = parseReading(sk?.S ?? '', reading?.S ?? '');
      if (parsed !== undefined) readings.set(sk?.S ?? '', parsed);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return readings;
}
