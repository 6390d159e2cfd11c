import type { MiddlewareHandler } from 'hono';
import { MINIMUM_GROUP, type MonitoringPolicy } from '../../../contract/monitoring';
import type { RequestLog } from '../../http/records/request-log';
import { type Month, monthOf } from '../limits/calendar-month';
import { useOf } from '../limits/use';
import type { GatewayEnv } from '../policy/gateway-env';
import { isClosed, monthsBefore } from './month';
import type { CountedUse, MonthStore, UsedByMember } from './month-store';
import { releasedBlocks } from './released';

/** The most counts that wait for the store to answer again. */
const MOST_OWED = 1_000;

/**
 * For how long a count waits. A process may serve no request for longer, and count for a member who was erased since. The last step of
 * an erasure deletes what was written within a day.
 */
const OWED_MS = 5 * 60_000;

/** Months that may not be released yet, counted back from the present one: the counts of older ones may be deleted. */
const MONTHS_BACK = 2;

/** What is still to be counted: for a member and their group, or for the group alone. */
type Owed = { readonly month: Month; readonly since: number } & (
  | { readonly ofMember: UsedByMember }
  | { readonly ofGroup: CountedUse }
);

/**
 * Counts the tokens of a workspace by month, for each member and for the group by which their use is shown, and divides each
 * month that is over into blocks once. No answer waits for that.
 */
export class MonthlyUse {
  private owed: Owed[] = [];
  private readonly writing = new Set<Promise<void>>();
  /** The month in which the months before were found released. */
  private releasedIn: Month | undefined;

  constructor(
    private readonly store: MonthStore,
    private readonly monitoring: MonitoringPolicy = {},
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Must run after authentication. */
  public readonly middleware: MiddlewareHandler<GatewayEnv> = async (c, next) => {
    const { log, member, time } = c.var;
    try {
      await next();
    } finally {
      if (member !== undefined) {
        const group = this.monitoring.groups?.find((name) => member.groups?.includes(name)) ?? null;
        this.begin(log, { member: member.id, group }, time);
      }
    }
  };

  /** Resolves once everything is counted, or could not be counted for now. */
  public async settled(): Promise<void> {
    await Promise.all(this.writing);
  }

  private begin(log: RequestLog, who: Pick<UsedByMember, 'member' | 'group'>, time: Date): void {
    const writing = Promise.resolve(log.streamed)
      .then(() => this.count(log, who, time))
      .finally(() => this.writing.delete(writing));
    this.writing.add(writing);
  }

  private async count(log: RequestLog, who: Pick<UsedByMember, 'member' | 'group'>, time: Date): Promise<void> {
    const { tokens } = useOf(log);
    if (tokens === 0 || log.model === undefined) return;
    const since = this.now().getTime();
    const ofMember = { ...who, model: log.model, tokens };
    const due: Owed[] = [
      ...this.owed.filter((one) => since - one.since < OWED_MS),
      { month: monthOf(time), since, ofMember },
    ];
    this.owed = [];
    await Promise.all(due.map((one) => this.write(one)));
    await this.release();
  }

  private async write(one: Owed): Promise<void> {
    // What is shown of a month must not change once it could be read.
    if (isClosed(one.month, this.now())) return;
    let counted: CountedUse;
    try {
      counted = 'ofGroup' in one ? one.ofGroup : await this.store.addToMember(one.month, one.ofMember);
    } catch {
      this.owe(one);
      return;
    }
    await this.store.addToGroup(one.month, counted).catch(() => {
      // The store may have counted the member, and must never count one member as two.
      this.owe({ month: one.month, since: one.since, ofGroup: { ...counted, isFirst: false, isFirstOfModel: false } });
    });
  }

  private owe(one: Owed): void {
    if (this.owed.length < MOST_OWED) this.owed.push(one);
  }

  /** Divides the last months into blocks, unless another process has. Once per process and month, and again after a failure. */
  private async release(): Promise<void> {
    const now = this.now();
    const present = monthOf(now);
    if (this.releasedIn === present || !isClosed(monthsBefore(now, 1), now)) return;
    this.releasedIn = present;
    try {
      for (let ago = 1; ago <= MONTHS_BACK; ago++) await this.releaseMonth(monthsBefore(now, ago));
    } catch {
      this.releasedIn = undefined;
    }
  }

  private async releaseMonth(month: Month): Promise<void> {
    if (await this.store.isReleased(month)) return;
    const groups = await this.store.groups(month);
    if (groups.length === 0) return;
    await this.store.release(month, releasedBlocks(groups, this.monitoring.minimumGroup ?? MINIMUM_GROUP));
  }
}
