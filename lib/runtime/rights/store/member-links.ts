import { type RecordLink, readLink } from '../../../contract/record-links';
import { isExpired } from '../../../contract/tables';
import type { TableAccess } from '../../workspace/store/content-stores';
import { ContentTable } from '../../workspace/store/table';
import { type Deleted, deleteRows, KEYS } from './delete-content';
import { Partitions } from './partition';

/** A page of a member's links. */
export interface MemberLinkPage {
  readonly links: readonly RecordLink[];
  /** The end of the page, if there may be more. */
  readonly last?: string;
}

/** The rows that link records of requests to the member who made them. Records name no member themselves. */
export interface MemberLinks {
  /** The number of rows, expired ones included: an erasure deletes them too. */
  count(member: string): Promise<number>;
  /** Links whose period isn't over. */
  page(member: string, after?: string): Promise<MemberLinkPage>;
  /** Deletes a bounded number of the member's links. */
  erase(member: string): Promise<Deleted>;
}

const PAGE = 1_000;

/** The links of a workspace's members, in the table that its gateway writes. */
export class DynamoDbMemberLinks implements MemberLinks {
  private readonly partitions: Partitions;
  private readonly table: ContentTable;

  constructor(
    { client, name }: TableAccess,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.partitions = new Partitions(client, name);
    this.table = new ContentTable(client, name, now);
  }

  public async count(member: string): Promise<number> {
    let count = 0;
    let after: string | undefined;
    do {
      const { rows, last } = await this.partitions.page(member, { after, limit: PAGE, attributes: KEYS });
      count += rows.length;
      after = last;
    } while (after !== undefined);
    return count;
  }

  public async page(member: string, after?: string): Promise<MemberLinkPage> {
    const { rows, last } = await this.partitions.page(member, { after, limit: PAGE });
    const current = rows.filter((row) => !isExpired(row, this.now()));
    return { links: current.map(({ at }) => readLink(at?.S)), last };
  }

  public erase(member: string): Promise<Deleted> {
    return deleteRows({ partitions: this.partitions, table: this.table }, member);
  }
}
