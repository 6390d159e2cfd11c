import type { ResidencyRecord } from '../http/records/residency-record';
import type { CloudWatchRecords } from './cloudwatch-records';
import type { RecordLinks } from './record-links';
import { type RecordLog, type RecordPage, type RecordQuery, UnknownPage } from './record-log';

/** Begins the position of a page of links. The position of a page of a log begins with another letter. */
const LINKS = 'links-';

/** The links of a page, each of whose records is searched in a log. */
const MOST_LINKS = 80;

/**
 * Records with the members who made the requests, who are named by rows of their own: a log line can't be erased.
 * Records that an earlier version wrote name the member themselves.
 */
export class LinkedRecords implements RecordLog {
  constructor(
    private readonly logs: Pick<CloudWatchRecords, 'page' | 'withIds'>,
    private readonly links: RecordLinks,
  ) {}

  public async page(query: RecordQuery): Promise<RecordPage> {
    const { of, member, after } = query;
    if (of !== 'requests') return this.logs.page(query);
    if (member !== undefined) return this.ofMember(query, member);
    if (after?.startsWith(LINKS)) throw new UnknownPage();
    const page = await this.logs.page(query);
    const members = await this.links.membersOf(page.records.filter((record) => record.member === undefined));
    return { ...page, records: page.records.map((record) => withMember(record, members.get(record.id))) };
  }

  /** First the records that name the member, all of which are older, and then those of the member's links. */
  private async ofMember(query: RecordQuery, member: string): Promise<RecordPage> {
    const { after } = query;
    if (after?.startsWith(LINKS)) return this.linked(query, member, after.slice(LINKS.length));
    const { records, next } = await this.logs.page(query);
    if (next !== undefined) return { records, next };
    return records.length > 0 ? { records, next: LINKS } : this.linked(query, member, '');
  }

  private async linked(query: RecordQuery, member: string, after: string): Promise<RecordPage> {
    const { since, until } = query;
    const limit = Math.min(query.limit, MOST_LINKS);
    const page = await this.links.page(member, { since, until, limit, ...(after !== '' && { after: decoded(after) }) });
    const records = await this.logs.withIds(page.links);
    return {
      records: records.map((record) => withMember(record, member)),
      ...(page.next !== undefined && { next: `${LINKS}${Buffer.from(page.next).toString('base64url')}` }),
    };
  }
}

/** The sort key at which a page of links ended. */
function decoded(position: string): string {
  const key = Buffer.from(position, 'base64url').toString();
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d#[\w-]{1,64}$/.test(key)) return key;
  throw new UnknownPage();
}

const withMember = (record: ResidencyRecord, member: string | undefined): ResidencyRecord =>
  member === undefined ? record : { ...record, member };
