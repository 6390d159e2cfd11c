import { errorName } from '../rights/deployed/error-name';
import { type DrillOptions, type DrillReport, drill } from './drill';

/** What the handler of a drill needs. */
export interface DrillHandlerOptions extends Pick<DrillOptions, 'table' | 'bucket' | 'keyring'> {
  readonly log: (line: object) => void;
}

/** The number of rows that a drill reads at most, and by default. */
const MAX_ROWS = 500;
const ROWS = 100;

/** Reads a sample back. Its answers, log and errors contain only counts, times and names. */
export function drillHandler({ log, ...stores }: DrillHandlerOptions): (event: unknown) => Promise<DrillReport> {
  return async (event) => {
    const { rows = ROWS } = (event ?? {}) as { readonly rows?: unknown };
    if (typeof rows !== 'number' || !Number.isInteger(rows) || rows < 1 || rows > MAX_ROWS) {
      throw new Error(`'rows' must be a whole number from 1 to ${MAX_ROWS}; request a number in that range`);
    }
    try {
      const report = await drill({ ...stores, rows });
      log({ event: 'recovery-drill', ...report });
      return report;
    } catch (error) {
      const stopped = errorName(error);
      log({ event: 'recovery-drill', stopped });
      throw new Error(`the drill stopped without a result: ${stopped}`);
    }
  };
}
