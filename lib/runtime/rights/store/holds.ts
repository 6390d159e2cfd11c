import { randomHex } from '../../workspace/store/ids';
import { withPrefix } from '../../workspace/store/range';
import { numberOf, optionalNumberOf, type Row, textOf, toAttributes, toKey } from '../../workspace/store/row';
import { Conflict, type ContentTable } from '../../workspace/store/table';
import { holdKey, statusKey } from '../../workspace/store/user-status';
import { deleteRow, PRESENT, putRow, updateRow, type Write } from '../../workspace/store/writes';
import { RIGHTS } from '../jobs/job-store';
import { type PageOptions, rightsPage } from '../jobs/rights-page';

/** The reason why content of a user stays, regardless of the retention period and of requests to delete it. */
export interface Hold {
  readonly id: string;
  readonly user: string;
  /** The only conversation on hold; undefined if all content of the user is. */
  readonly conversation?: string;
  readonly reason: string;
  readonly by: string;
  /** Unix milliseconds, as is `releasedAt`. */
  readonly at: number;
  readonly releasedBy?: string;
  readonly releasedAt?: number;
}

/** A hold as an administrator requests it. */
export type NewHold = Pick<Hold, 'user' | 'conversation' | 'reason' | 'by'>;

/** Some holds, and the id after which the next ones are; none at the end. */
export interface HoldPage {
  readonly holds: readonly Hold[];
  readonly next?: string;
}

const LIST = 'hold#';

const listKey = (id: string) => ({ pk: RIGHTS, sk: `${LIST}${id}` });

export const isHoldId = (id: string): boolean => /^hold_[0-9a-f]{32}$/.test(id);

/** The holds of a workspace. Each has a row at its user, which requests are checked against, and a row in the list of all holds ever. */
export class Holds {
  constructor(
    private readonly table: ContentTable,
    private readonly now: () => Date,
  ) {}

  /**
   * Puts a user, or one of their conversations, on hold.
   *
   * @param also writes of the same transaction
   * @returns undefined if the user is being erased, or was
   * @throws Conflict when a condition of another write isn't met
   */
  public async place(requested: NewHold, also: readonly Write[]): Promise<Hold | undefined> {
    const hold: Hold = { ...requested, id: `hold_${randomHex()}`, at: this.now().getTime() };
    const { user, conversation } = hold;
    const atUser = { ...toKey(holdKey(user, hold.id)), ...toAttributes({ conversation, createdAt: hold.at }) };
    try {
      await this.table.transact([
        counted(user, 1, 'attribute_not_exists(#erasing)', { '#erasing': 'erasing' }),
        putRow(atUser),
        putRow(toRow(hold)),
        ...also,
      ]);
      return hold;
    } catch (error) {
      if (error instanceof Conflict && error.isOfFirst) return undefined;
      throw error;
    }
  }

  /**
   * Releases a hold, which stays in the list.
   *
   * @param also a write of the same transaction
   * @returns undefined if there is no such hold
   */
  public async release(id: string, by: string, also: (user: string) => Write): Promise<Hold | undefined> {
    const row = await this.table.get(listKey(id));
    const hold = row && toHold(row);
    if (hold === undefined) return undefined;
    if (hold.releasedAt !== undefined) return hold;
    const released = { ...hold, releasedBy: by, releasedAt: this.now().getTime() };
    try {
      await this.table.transact([
        counted(hold.user, -1),
        deleteRow(holdKey(hold.user, id), PRESENT),
        putRow(toRow(released)),
        also(hold.user),
      ]);
      return released;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // Another request has released it first.
      const current = await this.table.get(listKey(id));
      return current && toHold(current);
    }
  }

  /** A page of all holds, released ones too. Pages are ordered by id, and the holds of a page by time, oldest first. */
  public async page(options: PageOptions): Promise<HoldPage> {
    const { rows, next } = await rightsPage(this.table, LIST, options);
    return { holds: rows.map(toHold).sort((a, b) => a.at - b.at), next };
  }

  /** The holds that aren't released. */
  public async active(): Promise<Hold[]> {
    const holds: Hold[] = [];
    for await (const rows of this.table.pages(withPrefix(RIGHTS, LIST, 100))) {
      holds.push(...rows.map(toHold).filter(({ releasedAt }) => releasedAt === undefined));
    }
    return holds;
  }
}

/** Counts holds in the row that marks an erasure, so that neither a hold nor an erasure can begin during the other. */
function counted(user: string, more: number, condition?: string, names: Record<string, string> = {}): Write {
  return updateRow(statusKey(user), 'SET #holds = if_not_exists(#holds, :none) + :more', {
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#holds': 'holds', ...names },
    ExpressionAttributeValues: { ':none': { N: '0' }, ':more': { N: `${more}` } },
  });
}

const toRow = ({ id, ...hold }: Hold): Row => ({ ...toKey(listKey(id)), ...toAttributes({ ...hold }) });

const toHold = (row: Row): Hold => ({
  id: (row.sk?.S ?? '').slice(LIST.length),
  user: textOf(row, 'user'),
  conversation: row.conversation?.S,
  reason: textOf(row, 'reason'),
  by: textOf(row, 'by'),
  at: numberOf(row, 'at'),
  releasedBy: row.releasedBy?.S,
  releasedAt: optionalNumberOf(row, 'releasedAt'),
});
