import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { counterPartition, dayTokens, PARTITION_KEY, SORT_KEY } from '../../../contract/tables';
import type { Table } from '../../aws/table';
import { type Use, useByModel } from './use';

/** The tokens that a project, a workspace, or one member of a workspace used on a day in UTC. */
export interface DayOfUse extends Use {
  readonly day: string;
  readonly tenant: string;
  /** A member's pseudonym, assigned by the user pool; absent for the total of the tenant. */
  readonly member?: string;
  /** The use of each model, for the total of the tenant. Rows that an earlier version counted lack it. */
  readonly models: ReadonlyMap<string, Use>;
}

/** The tokens of a tenant from one day to another, both inclusive, as `2026-11-24`; in the order of days. */
export async function readUsage({ client, name }: Table, tenant: string, first: string, last: string) {
  const days: DayOfUse[] = [];
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: `${PARTITION_KEY} = :tenant AND ${SORT_KEY} BETWEEN :first AND :last`,
        ExpressionAttributeValues: {
          ':tenant': { S: counterPartition(tenant) },
          ':first': { S: dayTokens(first) },
          // Sorts after every member of the day, because no ID contains a tilde.
          ':last': { S: `${dayTokens(last)}#~` },
        },
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) {
      const [, day = '', member] = item.sk?.S?.split('#') ?? [];
      const counts = Object.fromEntries(Object.entries(item).map(([name, { N }]) => [name, Number(N)]));
      const { count: tokens = 0, cached = 0, cacheWrite = 0 } = counts;
      days.push({
        day,
        tenant,
        ...(member !== undefined && { member }),
        ...{ tokens, cached, cacheWrite },
        models: useByModel(counts),
      });
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return days;
}
