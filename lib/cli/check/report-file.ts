import { writeFileSync } from 'node:fs';
import type { Report } from '../../guard/report/report';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';
import { FORMATS, type Format, formatted } from './formats';

/** A report that `check` writes to a file, next to the one that it prints. */
export interface ReportFile {
  readonly format: Exclude<Format, 'pretty'>;
  readonly file: string;
}

const FILE_FORMATS = FORMATS.filter((format) => format !== 'pretty');

/** The value of `--report`: `sarif=FILE`. */
export function reportFileOf(text: string): ReportFile {
  const [, format = '', file = ''] = /^([^=]*)=(.+)$/.exec(text) ?? [];
  if (file === '') {
    throw new UsageError("--report: needs a format and a file, such as 'sarif=residency.sarif'");
  }
  return { format: oneOf('--report', format, FILE_FORMATS), file };
}

/** @throws UsageError if the file can't be written: a missing report must not pass for one without findings */
export function writeReport({ format, file }: ReportFile, report: Report): void {
  try {
    writeFileSync(file, `${formatted(report, format)}\n`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `--report: the ${format} report can't be written (${code}); name a file in a folder that exists`,
    );
  }
}
