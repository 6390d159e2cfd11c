import { newBaseline } from '../../guard/declarations/baseline';
import { readOldRows, writeBaseline } from '../../guard/declarations/baseline-file';
import type { Finding } from '../../guard/finding';
import { pretty } from '../../guard/report/pretty';
import { counted } from '../../guard/report/report';
import { printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';

/** Writes the current blocking findings as the baseline; the exit code. An existing baseline grows only with `--grow`. */
export function writeNewBaseline(file: string, findings: readonly Finding[], mayGrow: boolean): number {
  const old = oldRows(file);
  const { rows, added, removed } = newBaseline(findings, old ?? []);
  if (old !== undefined && added.length > 0 && !mayGrow) {
    printError(pretty(added));
    printError(
      `\n${file}: not written: ${counted(added.length, 'finding')} would be added to it; ` +
        'fix them, or add --grow to let them pass on purpose',
    );
    return 1;
  }
  writeBaseline(file, rows);
  const change = old === undefined ? '' : `, ${added.length} added, ${removed} removed`;
  printError(
    `${file}: ${counted(rows.length, 'row')} written${change}; use it with 'eu-residency check --baseline ${file}'`,
  );
  return 0;
}

/** The old file is read before it is overwritten: the argument of `--write-baseline` may have been meant as a template. */
function oldRows(file: string) {
  try {
    return readOldRows(file);
  } catch (error) {
    throw new UsageError(`--write-baseline: ${(error as Error).message}`);
  }
}
