import { RESIDENCY_EVENT } from '../../../contract/metrics';
import type { LeafLine } from '../../../ledger/leaf-line';
import { leavesFile } from '../ledger/hour-files';
import type { Findings } from '../shared/finding';

type Leaf = Omit<LeafLine['record'], 'event'>;

/** What the function of the ledger bounds, besides its time. */
const BOUNDS = ['lines', 'characters'];

/** Compares what the last leaf of each hour states with the leaves before it. */
export class HourCounts {
  private hour: string | undefined;
  private isEnded = false;
  private records = 0;
  private gaps = 0;

  constructor(private readonly findings: Findings) {}

  public add({ event, ...leaf }: LeafLine['record'], hour: string): void {
    if (hour !== this.hour) {
      this.hour = hour;
      this.isEnded = false;
      this.records = 0;
      this.gaps = 0;
    }
    if (event === RESIDENCY_EVENT) this.records += 1;
    if (event === 'gap') this.gaps += 1;
    if (event === 'overflow') this.overflow(leaf, leavesFile(hour));
    if (event === 'hour') this.end(leaf, leavesFile(hour));
  }

  /** Whatever the leaf states of the reason, records are missing. */
  private overflow({ reason, read, unread }: Leaf, file: string): void {
    const many = BOUNDS.find((bound) => bound === reason) ?? 'lines';
    const what = reason === 'time' ? 'no time for all lines' : `too many ${many}`;
    const after = Number.isSafeInteger(read) ? ` (${read} lines read)` : '';
    const missing = unread === 'late' ? 'late records of the hour before' : 'records of the hour';
    this.findings.gap(
      file,
      `${what} in the log of a gateway${after}, so its ${missing} are missing`,
      'a record of each request',
    );
  }

  private end({ records, gaps, failed, refused, unlogged = 0 }: Leaf, file: string): void {
    const { findings } = this;
    if (this.isEnded) findings.failure(file, 'a second end of the hour', 'one, as its last leaf');
    this.isEnded = true;
    const counts = [records, gaps, failed, refused, unlogged];
    if (!counts.every((count) => Number.isSafeInteger(count) && (count as number) >= 0)) {
      findings.failure(file, 'an end of the hour of another form', 'counts of records, gaps, failed and refused');
      return;
    }
    if (records !== this.records) {
      findings.failure(file, `${this.records} records`, `${records}, by the end of the hour`);
    }
    if (gaps !== this.gaps) findings.failure(file, `${this.gaps} gaps`, `${gaps}, by the end of the hour`);
    if ((failed as number) > 0) {
      findings.gap(file, `${failed} invocations of gateways that failed`, 'a record of each request');
    }
    if ((refused as number) > 0) {
      findings.gap(file, `${refused} lines that can't be records`, 'a record of each request');
    }
    if ((unlogged as number) > 0) {
      findings.gap(file, `${unlogged} records of the hour before that no log has`, 'a line of a log for each record');
    }
  }
}
