import { nameOf } from '../rights/deployed/name-of';
import { type DrillOptions, type DrillReport, drill } from './drill';

/** What the handler of a drill runs with. */
export interface DrillHandlerOptions extends Pick<DrillOptions, 'table' | 'bucket' | 'vault'> {
  readonly log: (line: object) => void;
}

/** How many rows a drill reads at most, and where nothing is asked for. */
const MOST_ROWS = 500;
const ROWS = 100;

/** Reads a sample back; what it answers, logs and throws holds counts, times and names alone. */
export function drillHandler({ log, ...stores }: DrillHandlerOptions): (event: unknown) => Promise<DrillReport> {
  return async (event) => {
    const { rows = ROWS } = (event ?? {}) as { readonly rows?: unknown };
    if (typeof rows !== 'number' || !Number.isInteger(rows) || rows < 1 || rows > MOST_ROWS) {
      throw new Error(`'rows' must be a whole number from 1 to ${MOST_ROWS}; ask for as many rows`);
    }
    try {
      const report = await drill({ ...stores, rows });
      log({ event: 'recovery-drill', ...report });
      return report;
    } catch (error) {
      const stopped = nameOf(error);
      log({ event: 'recovery-drill', stopped });
      throw new Error(`the drill stopped, and nothing is known: ${stopped}`);
    }
  };
}
