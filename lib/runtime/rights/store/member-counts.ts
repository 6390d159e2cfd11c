import { BatchGetItemCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../aws/table';
import type { Month } from '../../gateway/limits/calendar-month';
import { counterKey } from '../../gateway/limits/dynamodb-counters';
import { budgetCountersOf, countersOf } from '../../gateway/limits/windows';
import { storedMonths } from '../../gateway/usage/month';
import { memberRow, tokensByModel } from '../../gateway/usage/month-rows';
import { Backoff } from '../../workspace/store/backoff';
import { keyOf, numberOf, type Row, textOf, toKey } from '../../workspace/store/row';

/** The tokens that a member used on a day in UTC. */
export interface CountedDay {
  /** As `2026-11-24`. */
  readonly day: string;
  readonly tokens: number;
}

/** The tokens that a member used in a month in UTC. */
export interface CountedMonth {
  /** As `2026-11`. */
  readonly month: Month;
  readonly tokens: number;
  readonly models: Readonly<Record<string, number>>;
}

/** The tokens that a member used per day and month. They are counted by the member's id, separately from content. */
export interface MemberCounts {
  /** The days with a count of the member, newest first. */
  days(member: string): Promise<readonly CountedDay[]>;
  /** The months with a count of the member, newest first. */
  months(member: string): Promise<readonly CountedMonth[]>;
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
    /** The IDs of its courses. */
    private readonly courses: readonly string[] = [],
  ) {}

  public async days(member: string): Promise<readonly CountedDay[]> {
    const rows = await this.counted(this.dayKeys(member), KEY_AND_COUNT);
    return rows
      .map((row) => ({ day: dayOf(textOf(row, 'sk')), tokens: numberOf(row, 'count') }))
      .sort((a, b) => (a.day < b.day ? 1 : -1));
  }

  public async months(member: string): Promise<readonly CountedMonth[]> {
    const rows = await this.counted(this.monthKeys(member));
    return rows
      .map((row) => ({ month: dayOf(textOf(row, 'sk')), tokens: numberOf(row, 'count'), models: tokensByModel(row) }))
      .sort((a, b) => (a.month < b.month ? 1 : -1));
  }

  public async erase(member: string): Promise<number> {
    const days = await this.counted(this.dayKeys(member), KEY_AND_COUNT);
    const others = await this.counted([...this.monthKeys(member), ...this.budgetKeys(member)], KEY_AND_COUNT);
    for (const row of [...others, ...days]) {
      await this.table.client.send(new DeleteItemCommand({ TableName: this.table.name, Key: toKey(keyOf(row)) }));
    }
    return days.length;
  }

  private dayKeys(member: string): Row[] {
    return countersOf(this.workspace, member, this.now()).map(counterKey);
  }

  private budgetKeys(member: string): Row[] {
    return budgetCountersOf(this.workspace, member, this.courses, this.now()).map(counterKey);
  }

  private monthKeys(member: string): Row[] {
    return storedMonths(this.now()).map((month) => memberRow(this.workspace, month, member));
  }

  /** Reads by keys, which are known: a query by day would read the counts of all members. */
  private async counted(keys: Row[], projection: object = {}): Promise<Row[]> {
    const { client, name } = this.table;
    const rows: Row[] = [];
    const backoff = new Backoff();
    let left = keys;
    while (left.length > 0) {
      const [some, others] = [left.slice(0, MOST_KEYS), left.slice(MOST_KEYS)];
      const RequestItems = { [name]: { Keys: some, ConsistentRead: true, ...projection } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
      rows.push(...(Responses?.[name] ?? []));
      const unprocessed = UnprocessedKeys?.[name]?.Keys ?? [];
      left = [...unprocessed, ...others];
      if (unprocessed.length > 0 && !(await backoff.next())) {
        throw new Error(`${left.length} counts could not be read, since the table takes no more for now; try again`);
      }
    }
    return rows;
  }
}

/** The most keys of one read. */
const MOST_KEYS = 100;

const KEY_AND_COUNT = {
  ProjectionExpression: '#pk, #sk, #count',
  ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk', '#count': 'count' },
};

/** The day or month that the name of a count states. */
export const dayOf = (name = ''): string => name.split('#')[1] ?? '';
