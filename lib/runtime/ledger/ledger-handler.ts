import { closeHour, type HourParts, type OnClosed, requireCheckpoint } from './close-hour';
import { lastFinished } from './hour';
import { lastState } from './last-state';
import { LedgerFork } from './ledger-fork';
import { type LedgerCounts, ledgerLine } from './ledger-line';

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
    const write = (counts: LedgerCounts, details: object) => log(ledgerLine(counts, details, functionName, now()));
    const closed: OnClosed = ({ counts: { event: _, ...counts }, hasOverflow, size, unlogged }) => {
      const recordGaps = counts.gaps + counts.failed + (hasOverflow ? 1 : 0);
      const found = {
        hoursClosed: 1,
        recordGaps,
        recordsRefused: counts.refused,
        ...(unlogged > 0 && { ledgerForks: 1 }),
      };
      write(found, { ...counts, size, unlogged });
    };
    let replaced = 0;
    try {
      const parts = await open();
      try {
        const { first, state: last } = await lastState(parts.objects, now(), days);
        let state = last;
        await requireCheckpoint(state, parts);
        while (state.hour < lastFinished(now()) && now().getTime() - began < BUDGET_MS) {
          state = await closeHour(state, first, parts, closed);
        }
      } finally {
        replaced = parts.objects.replacements;
      }
      // The first versions are locked, so the ledger goes on with them.
      if (replaced > 0) write({ ledgerForks: replaced }, { replaced });
    } catch (error) {
      const forks = error instanceof LedgerFork ? 1 : 0;
      write({ ledgerForks: forks + replaced }, { stopped: (error as Error).name });
      throw error;
    }
  };
}
