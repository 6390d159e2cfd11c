import { type AttributeValue, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT } from '../../../contract/tables';
import { type Table, unixSeconds } from '../../aws/table';
import type { Month } from '../limits/calendar-month';
import { forgetCounts, forgetReleased } from './month';
import { countOf, groupRow, groupsRow, memberRow, readGroup, releasedRow } from './month-rows';
import type { CountedUse, MonthStore, UsedByMember } from './month-store';
import type { Block, GroupOfMonth } from './released';

type Row = Record<string, AttributeValue>;

/** The counts of a workspace by month, in its table of usage. */
export class DynamoDbMonths implements MonthStore {
  /** @param table with a client that sends each command once */
  constructor(
    private readonly table: Table,
    private readonly tenant: string,
  ) {}

  public async addToMember(month: Month, { member, ...used }: UsedByMember): Promise<CountedUse> {
    const { group, model, tokens } = used;
    const counts = { count: tokens, [countOf('tokens', model)]: tokens };
    const row = await this.add(memberRow(this.tenant, month, member), month, counts, group ?? '');
    const first = (name: string) => Number(row[name]?.N) === tokens;
    return {
      ...used,
      group: row.group?.S || null,
      isFirst: first('count'),
      isFirstOfModel: first(countOf('tokens', model)),
    };
  }

  public async addToGroup(month: Month, used: CountedUse): Promise<void> {
    const { group, model, tokens, isFirst, isFirstOfModel } = used;
    if (isFirst && group !== null) await this.name(month, group);
    await this.add(groupRow(this.tenant, month, group), month, {
      [countOf('tokens', model)]: tokens,
      ...(isFirst && { members: 1 }),
      ...(isFirstOfModel && { [countOf('members', model)]: 1 }),
    });
  }

  public async groups(month: Month): Promise<readonly GroupOfMonth[]> {
    const names = (await this.get(groupsRow(this.tenant, month)))?.names?.SS ?? [];
    const groups: GroupOfMonth[] = [];
    for (const group of [...names.sort(), null]) {
      const row = await this.get(groupRow(this.tenant, month, group));
      if (row !== undefined) groups.push(readGroup(group, row));
    }
    return groups;
  }

  public async isReleased(month: Month): Promise<boolean> {
    return (await this.get(releasedRow(this.tenant, month))) !== undefined;
  }

  public async release(month: Month, blocks: readonly Block[]): Promise<void> {
    const command = new UpdateItemCommand({
      TableName: this.table.name,
      Key: releasedRow(this.tenant, month),
      UpdateExpression: 'SET #blocks = :blocks, #forget = :forget',
      ConditionExpression: 'attribute_not_exists(#blocks)',
      ExpressionAttributeNames: { '#blocks': 'blocks', '#forget': EXPIRES_AT },
      ExpressionAttributeValues: {
        ':blocks': { S: JSON.stringify(blocks) },
        ':forget': { N: unixSeconds(forgetReleased(month)) },
      },
    });
    await this.table.client.send(command).catch((error: Error) => {
      if (error.name !== 'ConditionalCheckFailedException') throw error;
    });
  }

  private async get(Key: Row): Promise<Row | undefined> {
    const command = new GetItemCommand({ TableName: this.table.name, Key, ConsistentRead: true });
    return (await this.table.client.send(command)).Item;
  }

  /** Adds to counts of a row. A group stays the one that the row was created with. */
  private async add(Key: Row, month: Month, counts: Readonly<Record<string, number>>, group?: string): Promise<Row> {
    const all = Object.entries(counts);
    const { Attributes } = await this.table.client.send(
      new UpdateItemCommand({
        TableName: this.table.name,
        Key,
        UpdateExpression:
          `ADD ${all.map((_, n) => `#c${n} :c${n}`).join(', ')} SET #forget = :forget` +
          (group === undefined ? '' : ', #group = if_not_exists(#group, :group)'),
        ExpressionAttributeNames: {
          '#forget': EXPIRES_AT,
          ...(group !== undefined && { '#group': 'group' }),
          ...Object.fromEntries(all.map(([name], n) => [`#c${n}`, name])),
        },
        ExpressionAttributeValues: {
          ':forget': { N: unixSeconds(forgetCounts(month)) },
          ...(group !== undefined && { ':group': { S: group } }),
          ...Object.fromEntries(all.map(([, count], n) => [`:c${n}`, { N: `${count}` }])),
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Attributes ?? {};
  }

  private async name(month: Month, group: string): Promise<void> {
    await this.table.client.send(
      new UpdateItemCommand({
        TableName: this.table.name,
        Key: groupsRow(this.tenant, month),
        UpdateExpression: 'ADD #names :names SET #forget = :forget',
        ExpressionAttributeNames: { '#names': 'names', '#forget': EXPIRES_AT },
        ExpressionAttributeValues: {
          ':names': { SS: [group] },
          ':forget': { N: unixSeconds(forgetCounts(month)) },
        },
      }),
    );
  }
}
