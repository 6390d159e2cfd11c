import type { LinkedRequest } from '../runtime/http/records/linked-request';
import type { ResidencyRecord } from '../runtime/http/records/residency-record';
import {
  type RecordKind,
  type RecordLog,
  type RecordPage,
  type RecordQuery,
  UnknownPage,
} from '../runtime/records/record-log';
import type { Row, Store } from './store';

const DAY_MS = 86_400_000;

/** The same retention period as in a deployment. */
const RETENTION_MS = 30 * DAY_MS;

/** The records of a workspace of `serve`, in its store. */
export class LocalRecords implements RecordLog {
  /** The members of requests whose answers aren't over, by the ID of the record. */
  private readonly members = new Map<string, string>();

  /** @param linkDays for how long a record can be linked to its member */
  constructor(
    private readonly store: Store,
    private readonly workspace: string,
    private readonly linkDays: number,
  ) {
    store.run('DELETE FROM record WHERE workspace = ? AND at < ?', workspace, Date.now() - RETENTION_MS);
    this.unlink();
  }

  /** Deletes links whose period is over. Records of an earlier version name the member themselves. */
  private unlink(): void {
    const sql =
      "UPDATE record SET member = NULL, record = json_remove(record, '$.member') " +
      "WHERE workspace = ? AND kind = 'requests' AND member IS NOT NULL AND at < ?";
    this.store.run(sql, this.workspace, Date.now() - this.linkDays * DAY_MS);
  }

  /** Stores a member next to the record of their request, which doesn't name them itself. */
  public link({ id, member }: LinkedRequest): void {
    this.members.set(id, member);
  }

  public add(kind: RecordKind, record: ResidencyRecord): void {
    const { id, time, about } = record;
    const member = record.member ?? this.members.get(id);
    this.members.delete(id);
    const sql = 'INSERT INTO record (workspace, kind, at, member, about, record) VALUES (?, ?, ?, ?, ?, ?)';
    const values = [member ?? null, about ?? null, JSON.stringify(record)];
    this.store.run(sql, this.workspace, kind, Date.parse(time), ...values);
  }

  public async page({ of, since, until, member, limit, after = '' }: RecordQuery): Promise<RecordPage> {
    this.unlink();
    const [, end = ''] = /^page-(\d{1,15})$/.exec(after) ?? [];
    if (after !== '' && end === '') throw new UnknownPage();
    const sql =
      'SELECT rowid, member, record FROM record WHERE workspace = ? AND kind = ? AND at >= ? AND at < ? AND rowid > ? ' +
      'AND (? IS NULL OR member = ? OR about = ?) ORDER BY rowid LIMIT ?';
    const who = member ?? null;
    const range = [since.getTime(), until.getTime(), Number(end)];
    const rows = this.store.all(sql, this.workspace, of, ...range, who, who, who, limit + 1);
    const records = rows.slice(0, limit).map(toRecord);
    return { records, ...(rows.length > limit && { next: `page-${rows[limit - 1]?.rowid}` }) };
  }
}

/** A record with its member, if it has one. */
function toRecord({ record, member }: Row): ResidencyRecord {
  const read: ResidencyRecord = JSON.parse(String(record));
  return typeof member === 'string' ? { ...read, member } : read;
}
