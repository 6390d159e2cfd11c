import { RESIDENCY_EVENT } from '../../../contract/metrics';
import type { LeafLine } from '../../../ledger/leaf-line';
import { leavesFile } from '../ledger/hour-files';
import type { Findings } from '../shared/finding';

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
    if (event === 'overflow') this.overflow(leaf.lines, leavesFile(hour));
    if (event === 'hour') this.end(leaf, leavesFile(hour));
  }

  private overflow(lines: unknown, file: string): void {
    const count = Number.isSafeInteger(lines) ? `${lines} lines` : 'lines';
    this.findings.gap(file, `${count} of the log that the ledger left out`, 'a record of each request');
  }

  private end({ records, gaps, failed, refused }: Omit<LeafLine['record'], 'event'>, file: string): void {
    const { findings } = this;
    if (this.isEnded) findings.failure(file, 'a second end of the hour', 'one, as its last leaf');
    this.isEnded = true;
    if (![records, gaps, failed, refused].every((count) => Number.isSafeInteger(count) && (count as number) >= 0)) {
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
  }
}
