import { randomHex } from '../workspace/store/ids';
import { optionalNumberOf, type Row, toAttributes, toKey } from '../workspace/store/row';
import { holdKey, type Standing, Standings, standingKey } from '../workspace/store/standing';
import { Conflict, type ContentTable, type Write } from '../workspace/store/table';
import { RIGHTS } from './job-store';
import type { RightsOptions } from './rights-options';

/** Why something of a user stays, whatever its period is and whoever wants it deleted. */
export interface Hold {
  readonly id: string;
  readonly user: string;
  /** The one conversation that stays; everything of the user when left out. */
  readonly conversation?: string;
  readonly reason: string;
  readonly by: string;
  /** In milliseconds, as `releasedAt`. */
  readonly at: number;
  readonly releasedBy?: string;
  readonly releasedAt?: number;
}

const LIST = 'hold#';

const listKey = (id: string) => ({ pk: RIGHTS, sk: `${LIST}${id}` });

export const isHoldId = (id: string): boolean => /^hold_[0-9a-f]{32}$/.test(id);

/** The holds of a workspace: one row beside its user, by which requests are judged, and one in the list of all that ever were. */
export class Holds {
  private readonly standings: Standings;

  constructor(
    private readonly table: ContentTable,
    { table: { client, name } }: Pick<RightsOptions, 'table'>,
    private readonly now: () => Date,
  ) {
    this.standings = new Standings(client, name);
  }

  /**
   * Puts a user, or one of their conversations, on hold.
   *
   * @param also what is written with it, or not at all
   * @returns none if they are being erased
   * @throws Conflict when a condition of what is written with it isn't met
   */
  public async place(
    wanted: Pick<Hold, 'user' | 'conversation' | 'reason' | 'by'>,
    also: readonly Write[],
  ): Promise<Hold | undefined> {
    const hold: Hold = { ...wanted, id: `hold_${randomHex()}`, at: this.now().getTime() };
    const { user, conversation } = hold;
    const beside = { ...toKey(holdKey(user, hold.id)), ...toAttributes({ conversation, createdAt: hold.at }) };
    try {
      await this.table.transact([
        this.counted(user, 1, 'attribute_not_exists(#erasing)', { '#erasing': 'erasing' }),
        { Put: { TableName: undefined, Item: beside } },
        { Put: { TableName: undefined, Item: toRow(hold) } },
        ...also,
      ]);
      return hold;
    } catch (error) {
      if (error instanceof Conflict && error.isOfFirst) return undefined;
      throw error;
    }
  }

  /**
   * Ends a hold, which stays in the list.
   *
   * @param also what is written with it, or not at all
   * @returns none if there is none
   */
  public async release(id: string, by: string, also: (user: string) => Write): Promise<Hold | undefined> {
    const row = await this.table.get(listKey(id));
    const hold = row && toHold(row);
    if (hold === undefined) return undefined;
    if (hold.releasedAt !== undefined) return hold;
    const released = { ...hold, releasedBy: by, releasedAt: this.now().getTime() };
    const condition = { ConditionExpression: 'attribute_exists(#pk)', ExpressionAttributeNames: { '#pk': 'pk' } };
    try {
      await this.table.transact([
        this.counted(hold.user, -1),
        { Delete: { TableName: undefined, Key: toKey(holdKey(hold.user, id)), ...condition } },
        { Put: { TableName: undefined, Item: toRow(released) } },
        also(hold.user),
      ]);
      return released;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // Somebody else has released it meanwhile.
      const again = await this.table.get(listKey(id));
      return again && toHold(again);
    }
  }

  /** Every hold that there is or was, with who wanted it and why. */
  public async list(): Promise<Hold[]> {
    const holds: Hold[] = [];
    for await (const rows of this.table.pages({ pk: RIGHTS, from: LIST, to: `${LIST}~`, order: 'asc', page: 100 })) {
      holds.push(...rows.map(toHold));
    }
    return holds.sort((a, b) => a.at - b.at);
  }

  public async of(user: string): Promise<Hold[]> {
    return (await this.list()).filter((hold) => hold.user === user && hold.releasedAt === undefined);
  }

  public standing(user: string): Promise<Standing> {
    return this.standings.of(user);
  }

  /** The number of holds, by which an erasure knows that there is none: the row of holds and that of an erasure are one. */
  private counted(user: string, more: number, condition?: string, names: Record<string, string> = {}): Write {
    return {
      Update: {
        TableName: undefined,
        Key: toKey(standingKey(user)),
        UpdateExpression: 'SET #holds = if_not_exists(#holds, :none) + :more',
        ...(condition !== undefined && { ConditionExpression: condition }),
        ExpressionAttributeNames: { '#holds': 'holds', ...names },
        ExpressionAttributeValues: { ':none': { N: '0' }, ':more': { N: `${more}` } },
      },
    };
  }
}

const toRow = ({ id, ...hold }: Hold): Row => ({ ...toKey(listKey(id)), ...toAttributes({ ...hold }) });

const toHold = (row: Row): Hold => ({
  id: (row.sk?.S ?? '').slice(LIST.length),
  user: row.user?.S ?? '',
  conversation: row.conversation?.S,
  reason: row.reason?.S ?? '',
  by: row.by?.S ?? '',
  at: Number(row.at?.N),
  releasedBy: row.releasedBy?.S,
  releasedAt: optionalNumberOf(row, 'releasedAt'),
});
