import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { OPEN_PROJECTS_COUNT, OPEN_PROJECTS_PARTITION, PARTITION_KEY, SORT_KEY } from '../../../contract/tables';
import type { Table } from '../../aws/table';

/** The IDs of all open projects, ended ones too, in their order. */
export async function openProjectIds({ client, name }: Table): Promise<string[]> {
  const ids: string[] = [];
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: `${PARTITION_KEY} = :projects AND ${SORT_KEY} > :count`,
        ExpressionAttributeValues: {
          ':projects': { S: OPEN_PROJECTS_PARTITION },
          ':count': { S: OPEN_PROJECTS_COUNT },
        },
        ExclusiveStartKey,
      }),
    );
    ids.push(...(page.Items ?? []).flatMap(({ sk }) => sk?.S ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return ids;
}
