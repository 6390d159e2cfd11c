import { BatchGetItemCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../aws/table';
import { counterKey } from '../../gateway/limits/dynamodb-counters';
import { countersOf } from '../../gateway/limits/windows';
import { Backoff } from '../../workspace/store/backoff';
import type { Row } from '../../workspace/store/row';

/** The tokens that a member used per day. They are counted by the member's id, separately from content. */
export interface MemberCounts {
  /** The number of days with a count of the member. */
  days(member: string): Promise<number>;
  /**
   * Deletes all counts of the member. The workspace's totals, which name no member, stay unchanged.
   *
   * @returns the number of days that had a count
   */
  erase(member: string): Promise<number>;
}

/** The counts of a workspace's members, in its table of usage. */
export class DynamoDbMemberCounts implements MemberCounts {
  constructor(
    private readonly table: Table,
    private readonly workspace: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  public async days(member: string): Promise<number> {
    return (await this.counted(member)).length;
  }

  public async erase(member: string): Promise<number> {
    const keys = await this.counted(member);
    for (const Key of keys) {
      await this.table.client.send(new DeleteItemCommand({ TableName: this.table.name, Key }));
    }
    return keys.length;
  }

  /** Reads by keys, which are known: a query by day would read the counts of all members. */
  private async counted(member: string): Promise<Row[]> {
    const { client, name } = this.table;
    const keys: Row[] = [];
    const backoff = new Backoff();
    let left: Row[] = countersOf(this.workspace, member, this.now()).map(counterKey);
    while (left.length > 0) {
      const RequestItems = { [name]: { Keys: left, ConsistentRead: true, ...KEY_ALONE } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
      keys.push(...(Responses?.[name] ?? []));
      left = UnprocessedKeys?.[name]?.Keys ?? [];
      if (left.length > 0 && !(await backoff.next())) {
        throw new Error(`${left.length} counts could not be read, since the table takes no more for now; try again`);
      }
    }
    return keys;
  }
}

const KEY_ALONE = { ProjectionExpression: '#pk, #sk', ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' } };
