import { closeHour, type HourParts, requireCheckpoint } from './close-hour';
import { lastFinished } from './hour';
import { lastState } from './last-state';
import { LedgerFork } from './ledger-fork';
import { ledgerLine } from './ledger-line';

export interface LedgerOptions {
  /** Opened by each run, so that a key that was disabled is noticed. */
  readonly parts: () => Promise<HourParts>;
  /** How long states are retained. */
  readonly days: number;
  readonly functionName: string;
  readonly log: (line: object) => void;
  readonly now: () => Date;
}

/** After this time a run begins no further hour; the next run continues. */
const BUDGET_MS = 8 * 60_000;

/** Closes every hour that is over, oldest first. Any number of runs may overlap, and each event closes the same hours. */
export function ledgerHandler({ parts: open, days, functionName, log, now }: LedgerOptions): () => Promise<void> {
  return async () => {
    const began = now().getTime();
    try {
      const parts = await open();
      let state = await lastState(parts.objects, now(), days);
      await requireCheckpoint(state, parts);
      while (state.hour < lastFinished(now()) && now().getTime() - began < BUDGET_MS) {
        const closed = await closeHour(state, parts);
        state = closed.state;
        const { hour, records, late, gaps, failed, refused } = closed.counts;
        const counts = { hoursClosed: 1, recordGaps: gaps + failed, recordsRefused: refused };
        log(ledgerLine(counts, { hour, records, late, gaps, failed, size: state.frontier.size }, functionName, now()));
      }
    } catch (error) {
      const forks = error instanceof LedgerFork ? 1 : 0;
      log(ledgerLine({ ledgerForks: forks }, { stopped: (error as Error).name }, functionName, now()));
      throw error;
    }
  };
}
