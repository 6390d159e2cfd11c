import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { counterPartition, dayLabels, dayTokens, PARTITION_KEY, SORT_KEY } from '../../../contract/tables';
import type { Table } from '../../aws/table';
import { type UseOfDestination, useByDestination } from './destination-parts';
import { type Use, useByModel } from './use';

/** The tokens that a project, a workspace, or one member of a workspace used on a day in UTC. */
export interface DayOfUse extends Use {
  readonly day: string;
  readonly tenant: string;
  /** A member's pseudonym, assigned by the user pool; absent for the total of the tenant. */
  readonly member?: string;
  /** The use of each model, for the total of the tenant. Rows that an earlier version counted lack it. */
  readonly models: ReadonlyMap<string, Use>;
  /** The use of each destination, for the total of a project. Rows that an earlier version counted lack it. */
  readonly destinations: readonly UseOfDestination[];
  /** The label of a project's keys whose use it is; absent for a total. */
  readonly label?: string;
}

/** The tokens of a tenant from one day to another, both inclusive, as `2026-11-24`; in the order of days. */
export async function readUsage(table: Table, tenant: string, first: string, last: string): Promise<DayOfUse[]> {
  // Sorts after every member of the day, because no ID contains a tilde.
  const rows = await rowsBetween(table, tenant, dayTokens(first), `${dayTokens(last)}#~`);
  return rows.map(([[, day = '', member], counts]) => ({
    ...use(tenant, day, counts),
    ...(member !== undefined && { member }),
  }));
}

/** The tokens of each label of a project's keys, from one day to another, both inclusive; in the order of days. */
export async function readLabels(table: Table, tenant: string, first: string, last: string): Promise<DayOfUse[]> {
  // Sorts after every label of the day: the character follows the one that separates them.
  const rows = await rowsBetween(table, tenant, dayLabels(first), `${dayLabels(last)}$`);
  // A label can contain any character.
  return rows.map(([[, day = '', ...label], counts]) => ({ ...use(tenant, day, counts), label: label.join('#') }));
}

type Counts = Readonly<Record<string, number>>;

function use(tenant: string, day: string, counts: Counts) {
  const { count: tokens = 0, cached = 0, cacheWrite = 0 } = counts;
  const [models, destinations] = [useByModel(counts), useByDestination(counts)];
  return { day, tenant, tokens, cached, cacheWrite, models, destinations };
}

/** Rows of counts, each with the parts of its name. */
async function rowsBetween({ client, name }: Table, tenant: string, first: string, last: string) {
  const rows: [name: string[], counts: Counts][] = [];
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: `${PARTITION_KEY} = :tenant AND ${SORT_KEY} BETWEEN :first AND :last`,
        ExpressionAttributeValues: {
          ':tenant': { S: counterPartition(tenant) },
          ':first': { S: first },
          ':last': { S: last },
        },
        ExclusiveStartKey,
      }),
    );
    for (const item of page.Items ?? []) {
      const counts = Object.fromEntries(Object.entries(item).map(([part, { N }]) => [part, Number(N)]));
      rows.push([item.sk?.S?.split('#') ?? [], counts]);
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return rows;
}
