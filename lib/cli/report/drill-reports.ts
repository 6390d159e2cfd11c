import { readFileSync, statSync } from 'node:fs';
import type { ProviderDrillReport } from '../../report/provider-drill';
import { UsageError } from '../shared/usage-error';

/** A report has one row for each destination that answered. */
const LARGEST = 256 * 1024;

/**
 * The reports of drills that a command line names.
 *
 * @param date the day of the report, `YYYY-MM-DD`: a later drill can't be evidence in it
 * @throws UsageError if a file can't be read, isn't the report of a drill, or is of a later day
 */
export function drillReports(files: readonly string[], date: string): ProviderDrillReport[] {
  const { readDrill } = require('../../evidence/drill/read-drill') as typeof import('../../evidence/drill/read-drill');
  return files.map((file) => {
    const report = readDrill(textOf(file));
    if (typeof report === 'string') throw new UsageError(`--drill ${file}: ${report}`);
    if (report.at.slice(0, 10) > date) {
      throw new UsageError(
        `--drill ${file}: found a drill of ${report.at}, after ${date}, the day of the report; name an earlier drill, or omit --date`,
      );
    }
    return report;
  });
}

function textOf(file: string): string {
  const wanted = "name the file that 'eu-residency drill --provider NAME --out FILE' writes";
  try {
    if (statSync(file).size > LARGEST) throw new UsageError(`--drill ${file}: it has over ${LARGEST} bytes; ${wanted}`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--drill ${file}: it can't be read (${(error as NodeJS.ErrnoException).code}); ${wanted}`);
  }
}
