import type { RecordLink } from '../contract/record-links';
import type { Deleted } from '../runtime/rights/store/delete-content';
import type { MemberLinkPage, MemberLinks } from '../runtime/rights/store/member-links';
import type { Store } from './store';

const DAY_MS = 86_400_000;

/** The links of a workspace's members in the store of `serve`, in which a record and its link are one row. */
export class LocalMemberLinks implements MemberLinks {
  /** @param linkDays for how long a record can be linked to its member */
  constructor(
    private readonly store: Store,
    private readonly workspace: string,
    private readonly linkDays: number,
  ) {}

  public async count(member: string): Promise<number> {
    const sql = `SELECT count(*) AS links FROM record ${OF_MEMBER}`;
    return Number(this.store.get(sql, this.workspace, member)?.links);
  }

  public async page(member: string): Promise<MemberLinkPage> {
    const sql = `SELECT record FROM record ${OF_MEMBER} AND at >= ? ORDER BY rowid`;
    const rows = this.store.all(sql, this.workspace, member, Date.now() - this.linkDays * DAY_MS);
    return {
      links: rows.map(({ record }) => {
        const { id, time }: RecordLink = JSON.parse(String(record));
        return { id, time };
      }),
    };
  }

  public async erase(member: string): Promise<Deleted> {
    const sql = `UPDATE record SET member = NULL, record = json_remove(record, '$.member') ${OF_MEMBER}`;
    return { deleted: this.store.run(sql, this.workspace, member), isDone: true };
  }
}

/** Acts of administrators and auditors keep their names: an erasure doesn't reach them. */
const OF_MEMBER = "WHERE workspace = ? AND member = ? AND kind = 'requests'";
