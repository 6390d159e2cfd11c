import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { PARTITION_KEY, releasedPartition, SORT_KEY } from '../../../contract/tables';
import type { Table } from '../../aws/table';
import { type Month, monthOf } from '../limits/calendar-month';
import type { Block } from './released';

/** What is shown of a workspace's use in a month. */
export interface ReleasedMonth {
  readonly month: Month;
  /** None if fewer members used anything than are shown together. */
  readonly blocks: readonly Block[];
}

/** The months that touch a period, from one day to another, in their order; at most three are stored. */
export async function readReleased({ client, name }: Table, workspace: string, first: string, last: string) {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: name,
      KeyConditionExpression: '#pk = :workspace AND #sk BETWEEN :first AND :last',
      ExpressionAttributeNames: { '#pk': PARTITION_KEY, '#sk': SORT_KEY },
      ExpressionAttributeValues: {
        ':workspace': { S: releasedPartition(workspace) },
        ':first': { S: monthOf(new Date(first)) },
        ':last': { S: monthOf(new Date(last)) },
      },
    }),
  );
  return Items.map(
    ({ sk, blocks }): ReleasedMonth => ({ month: sk?.S ?? '', blocks: JSON.parse(blocks?.S ?? '[]') as Block[] }),
  );
}
