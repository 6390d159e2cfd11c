import { type DynamoDBClient, QueryCommand, type QueryCommandOutput } from '@aws-sdk/client-dynamodb';
import { decisionsPartition } from '../../../contract/tables';
import type { Key } from './keys';
import type { Row } from './row';

/** What administrators decided about a member: whether their content may be read, and which of it must stay. */
export interface UserStatus {
  /** Their content is being erased, or was: none is served or stored any more. */
  readonly erasing: boolean;
  /** All their content is on hold: none of it expires or can be deleted. */
  readonly isUserOnHold: boolean;
  /** The conversations on hold. */
  readonly conversationsOnHold: ReadonlySet<string>;
}

/** Separate from the member's own partition, so that an erasure doesn't delete the record of itself. */
export const statusPartition = decisionsPartition;

/** The row that marks an erasure and counts holds, so that neither can begin during the other. */
export const statusKey = (user: string): Key => ({ pk: statusPartition(user), sk: 'standing' });

export const HOLDS = 'hold#';

export const holdKey = (user: string, hold: string): Key => ({ pk: statusPartition(user), sk: `${HOLDS}${hold}` });

/** The status according to a member's rows. */
export function toUserStatus(rows: readonly Row[]): UserStatus {
  const holds = rows.filter((row) => row.sk?.S?.startsWith(HOLDS));
  return {
    erasing: rows.some((row) => row.erasing !== undefined),
    isUserOnHold: holds.some((row) => row.conversation === undefined),
    conversationsOnHold: new Set(holds.flatMap((row) => row.conversation?.S ?? [])),
  };
}

/** Reads the status of members without a cache: a decision applies to every request from then on. */
export class UserStatuses {
  constructor(
    private readonly client: Pick<DynamoDBClient, 'send'>,
    private readonly table: string,
  ) {}

  public async of(user: string): Promise<UserStatus> {
    return toUserStatus(await this.rows(user));
  }

  /** Most members have no such rows, so this is nearly always one call. */
  private async rows(user: string): Promise<Row[]> {
    const rows: Row[] = [];
    let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
    do {
      const output: QueryCommandOutput = await this.client.send(
        new QueryCommand({
          TableName: this.table,
          KeyConditionExpression: '#pk = :pk',
          ExpressionAttributeNames: { '#pk': 'pk' },
          ExpressionAttributeValues: { ':pk': { S: statusPartition(user) } },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
      );
      rows.push(...(output.Items ?? []));
      ExclusiveStartKey = output.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return rows;
  }
}
