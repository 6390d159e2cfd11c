import { BatchGetItemCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '../aws/table';
import { counterKey } from '../gateway/limits/dynamodb-counters';
import { countersOf } from '../gateway/limits/windows';
import { Pauses } from '../workspace/store/pauses';
import type { Row } from '../workspace/store/row';

/** How many tokens a member used on which day, as it is counted beside the content, by their id. */
export interface MemberCounts {
  /** On how many days something of them is counted. */
  days(member: string): Promise<number>;
  /**
   * Deletes each of these counts; the sums of the workspace, which name nobody, stay as they are.
   *
   * @returns of how many days there were some
   */
  erase(member: string): Promise<number>;
}

/** The counts of a workspace's members in the table of what it used. */
export class DynamoDbMemberCounts implements MemberCounts {
  constructor(
    private readonly table: Table,
    private readonly workspace: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  public async days(member: string): Promise<number> {
    return (await this.found(member)).length;
  }

  public async erase(member: string): Promise<number> {
    const found = await this.found(member);
    for (const Key of found) {
      await this.table.client.send(new DeleteItemCommand({ TableName: this.table.name, Key }));
    }
    return found.length;
  }

  /** Asked for by their keys, which are known: a query of days would read the counts of everybody. */
  private async found(member: string): Promise<Row[]> {
    const { client, name } = this.table;
    const found: Row[] = [];
    const pauses = new Pauses();
    let left: Row[] = countersOf(this.workspace, member, this.now()).map(counterKey);
    while (left.length > 0) {
      const RequestItems = { [name]: { Keys: left, ConsistentRead: true, ...KEY_ALONE } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
      found.push(...(Responses?.[name] ?? []));
      left = UnprocessedKeys?.[name]?.Keys ?? [];
      if (left.length > 0 && !(await pauses.next())) {
        throw new Error(`${left.length} counts could not be read, since the table takes no more for now; try again`);
      }
    }
    return found;
  }
}

const KEY_ALONE = { ProjectionExpression: '#pk, #sk', ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' } };
