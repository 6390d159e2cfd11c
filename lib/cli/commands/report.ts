import { EVIDENCE_FORMATS } from '../../evidence/formats/formats';
import type { CommandHelp } from '../help/command-help';
import { evidenceOf } from '../report/evidence-of';
import { readReportCommand } from '../report/report-options';
import { writeFiles } from '../report/write-files';
import { print, printError } from '../shared/print';

export const REPORT_HELP: CommandHelp = {
  summary: 'Write evidence of what is stored and processed where, to file and sign',
  usage: [['report [PATH] [OPTIONS]']],
  options: [
    ['PATH', 'the folder of a cloud assembly, or a template file; default: cdk.out'],
    ['--out DIR', 'folder for the files; default: residency-report'],
    ['--format FORMATS', 'json, markdown and csv, separated by commas; default: all of them'],
    ['--date YYYY-MM-DD', 'day by which expiry and age are judged; default: today in UTC'],
    [
      '--config FILE',
      'residency.yaml, for organisation, boundary, exceptions and places; default: residency.yaml, if it exists',
    ],
    ['--exceptions FILE', 'residency-exceptions.yaml, for its exceptions, places and boundaries'],
    ['--boundary eu|eea|DE,FR', 'the boundary without a configuration; default: eu'],
  ],
  notes: [
    'The command calls nothing. The same assembly, version, configuration and date give the same bytes.',
    'Each row has a criterion, a status (ok, attention, failed or unknown), a reason, a remedy, a pointer into the template, a basis and a date.',
  ],
  examples: ['report cdk.out --out evidence', 'report --format json --date 2026-11-30'],
  exitCodes: [
    [0, 'the report is written, and no row failed'],
    [1, 'the report is written, and at least one row failed'],
    [2, "an input can't be read, or the command line is invalid"],
  ],
};

/** Runs `report`; the exit code. */
export function report(args: readonly string[], now = new Date()): number {
  const command = readReportCommand(args, now);
  const { evidence, unreadable } = evidenceOf(command);
  writeFiles(
    command.out,
    command.formats.flatMap((format) => EVIDENCE_FORMATS[format](evidence)),
  );
  const { ok, attention, failed, unknown } = evidence.head.summary;
  print(`${ok} ok, ${attention} attention, ${failed} failed, ${unknown} unknown`);
  for (const line of unreadable) printError(line);
  if (unreadable.length > 0) return 2;
  return failed > 0 ? 1 : 0;
}
