import { type DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { decisionsPartition } from '../../../contract/tables';
import type { Key } from './keys';
import type { Row } from './row';

/** What an administrator decided of a member: whether their content may be read, and what of it must stay. */
export interface Standing {
  /** Their content is being erased, or was: from here on there is none. */
  readonly erasing: boolean;
  /** Everything of theirs is on hold: nothing of it expires or is deleted. */
  readonly held: boolean;
  /** The conversations on hold. */
  readonly heldConversations: ReadonlySet<string>;
}

/** Apart from the member's own partition, so that an erasure doesn't delete what says that it is one. */
export const standingPartition = decisionsPartition;

/** The row that an erasure begins with; it counts holds, so that neither begins while there is the other. */
export const standingKey = (user: string): Key => ({ pk: standingPartition(user), sk: 'standing' });

export const HOLDS = 'hold#';

export const holdKey = (user: string, hold: string): Key => ({ pk: standingPartition(user), sk: `${HOLDS}${hold}` });

/** The standing that a member's rows say. */
export function standingOf(rows: readonly Row[]): Standing {
  const holds = rows.filter((row) => row.sk?.S?.startsWith(HOLDS));
  return {
    erasing: rows.some((row) => row.erasing !== undefined),
    held: holds.some((row) => row.conversation === undefined),
    heldConversations: new Set(holds.flatMap((row) => row.conversation?.S ?? [])),
  };
}

/** Reads what was decided of members, as it is now: from the moment of a decision on, no request is served without it. */
export class Standings {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly table: string,
  ) {}

  public async of(user: string): Promise<Standing> {
    return standingOf(await this.rows(user));
  }

  /** Nearly always one call that finds nothing. */
  public async rows(user: string): Promise<Row[]> {
    const rows: Row[] = [];
    let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const found: QueryCommandOutput = await this.client.send(
        new QueryCommand({
          TableName: this.table,
          KeyConditionExpression: '#pk = :pk',
          ExpressionAttributeNames: { '#pk': 'pk' },
          ExpressionAttributeValues: { ':pk': { S: standingPartition(user) } },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      rows.push(...(found.Items ?? []));
      ExclusiveStartKey = found.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return rows;
  }
}
