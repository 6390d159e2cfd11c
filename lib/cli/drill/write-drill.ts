import { writeFileSync } from 'node:fs';
import type { ProviderDrillReport } from '../../report/provider-drill';
import { print, printError } from '../shared/print';
import { notWritten } from '../shared/writable';
import { providerDrillLines } from './provider-drill';

/**
 * Prints a drill, and writes its report if a file is named. If that fails, the report is printed too: another drill would take the provider
 * out of use again.
 *
 * @returns whether the report is where it was asked for
 */
export function writeDrill(report: ProviderDrillReport, format: 'text' | 'json', out: string | undefined): boolean {
  const line = JSON.stringify(report);
  print(format === 'json' ? line : providerDrillLines(report).join('\n'));
  if (out === undefined) return true;
  try {
    writeFileSync(out, `${JSON.stringify(report, undefined, 2)}\n`);
    return true;
  } catch (error) {
    if (format === 'text') print(line);
    const { code } = error as NodeJS.ErrnoException;
    printError(`${notWritten('--out', 'file', code)}. The report is on standard output: save its line of JSON`);
    return false;
  }
}
