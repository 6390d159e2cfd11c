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
    const { key, search } = decoded(after);
    const { links, next } = await this.links.page(member, { since, until, limit, ...(key !== '' && { after: key }) });
    const { records, done, at } = await this.logs.withIds(links, search);
    const position = done === links.length ? next : encoded(links[done - 1]?.position ?? key, at);
    return {
      records: records.map((record) => withMember(record, member)),
      ...(position !== undefined && { next: `${LINKS}${Buffer.from(position).toString('base64url')}` }),
    };
  }
}

/** The sort key after which a page of links begins, or none, and where the search for their records goes on. */
const encoded = (key: string, search = ''): string => (search === '' ? key : `${key} ${search}`);

function decoded(position: string): { readonly key: string; readonly search?: string } {
  const text = Buffer.from(position, 'base64url').toString();
  const [whole, key = '', search] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d#[\w-]{1,64})?(?: (.+))?$/s.exec(text) ?? [];
  if (whole === undefined) throw new UnknownPage();
  return { key, ...(search !== undefined && { search }) };
}

const withMember = (record: ResidencyRecord, member: string | undefined): ResidencyRecord =>
  member === undefined ? record : { ...record, member };
