import { existsSync, readFileSync } from 'node:fs';
import { readInputs } from '../../guard/assembly/read-inputs';
import { checkInputs } from '../../guard/check/check-inputs';
import { version } from '../../report/version';
import { declaredBy } from '../check/declared-by';
import type { CommandHelp } from '../help/command-help';
import { expandPaths } from '../shared/expand-paths';
import { oneOf } from '../shared/one-of';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';
import { below } from '../tender/below';
import { attestedOn, readTenderCommand, type TenderCommand } from '../tender/tender-options';

export const TENDER_HELP: CommandHelp = {
  summary: 'Answer the criteria of a framework, or the requirements of a tender',
  usage: [
    ['tender [PATHS...] --framework NAME [OPTIONS]', 'each criterion with its status, the reason, and where to look'],
    ['tender [PATHS...] --against FILE [OPTIONS]', "proposed answers to a buyer's own list"],
  ],
  options: [
    ['PATHS...', 'the assembly that is offered; default: cdk.out, if it exists'],
    ['--framework c5|csf|soc2|secnumcloud', 'C5:2026, the EU Cloud Sovereignty Framework, SOC 2 or SecNumCloud'],
    ['--against FILE', 'CSV (UTF-8) with the columns id and text, in English, German or French'],
    [
      '--catalogue FILE',
      "CSV (UTF-8) with the columns id and title: your own copy of the framework's catalogue, for its titles",
    ],
    [
      '--attested NAME=DAY',
      'day on which you received an attestation of AWS: c5, soc2, iso27001, contract or sustainability; repeat it for several',
    ],
    ['--date YYYY-MM-DD', 'day of the answers; default: today in UTC'],
    ['--boundary eu|eea|DE,FR', 'the boundary of the assembly; default: eu'],
    ['--config FILE', 'residency.yaml, for its boundary, exceptions and places'],
    ['--exceptions FILE', 'residency-exceptions.yaml, for its exceptions and places'],
    ['--format table|csv|json|markdown', 'default: table, which leaves out the pointers'],
    ['--width COLUMNS', 'width of the table; default: that of the terminal, unlimited in a pipe or a file'],
  ],
  notes: [
    'The command reads only files. An answer to a requirement is found by words, which its row shows: read each before you send it.',
  ],
  examples: ['tender cdk.out --framework c5 --format csv', 'tender cdk.out --against requirements.csv --format csv'],
  exitCodes: [
    [0, 'each criterion or requirement has an answer'],
    [1, "a requirement is unanswered, or an answer isn't true of the assembly"],
    [2, "the command line is invalid, or an input can't be read"],
  ],
};

/** Runs `tender`; the exit code. */
export function tender(args: readonly string[], now = new Date()): number {
  const command = readTenderCommand(args, now);
  // The answers are loaded only for this command.
  const { annex, answersTo, FRAMEWORK_IDS, ATTESTATION_IDS } =
    require('../../evidence/tender/tender') as typeof import('../../evidence/tender/tender');
  const framework =
    command.framework === undefined ? undefined : oneOf('--framework', command.framework, FRAMEWORK_IDS);
  const attested = attestedOn(command, ATTESTATION_IDS);
  const offered = assemblyOf(command);
  if (offered === undefined) return 2;
  const { format, width, against, catalogue, date } = command;
  const request = {
    ...offered,
    attested,
    date,
    version: version(),
    format,
    ...(width !== undefined && { width }),
  };
  const { text, isComplete } =
    framework === undefined
      ? fromCsv(against as string, (list) => answersTo(list, request))
      : catalogue === undefined
        ? annex(framework, request)
        : fromCsv(catalogue, (titles) => annex(framework, request, titles));
  print(text);
  return isComplete ? 0 : 1;
}

/** The assembly and what the guard finds in it; none if something can't be read, which is printed. */
function assemblyOf(command: TenderCommand) {
  const declared = declaredBy(command);
  const paths = command.paths.length > 0 ? command.paths : existsSync('cdk.out') ? ['cdk.out'] : [];
  if (paths.length === 0) return {};
  const expanded = expandPaths(paths);
  const { templates, unreadable } = readInputs(expanded.paths);
  const failed = [...expanded.empty.map((file) => ({ file, error: 'no file matches this glob' })), ...unreadable];
  for (const { file, error } of failed) printError(`${file}: not read: ${error}`);
  if (failed.length > 0) return undefined;
  const { findings, exceptions } = checkInputs({ templates, unreadable }, { ...declared, deployRegions: [] });
  const nameOf = below(expanded.paths);
  return {
    templates: templates.map((template) => ({ ...template, file: nameOf(template.file) })),
    violations: findings.filter(({ level }) => level !== 'info').length,
    exceptions: exceptions.map(({ file, ...row }) => ({ ...row, ...(file !== undefined && { file: nameOf(file) }) })),
  };
}

/** Reads a CSV file, and says in which one a mistake is. */
function fromCsv<T>(file: string, use: (bytes: Uint8Array) => T): T {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new UsageError(`${file}: not read; name a file that exists and can be read`);
  }
  try {
    return use(bytes);
  } catch (error) {
    // By name: what is loaded apart has its own copy of the class.
    if ((error as Error).name === 'CsvError') throw new UsageError(`${file}: ${(error as Error).message}`);
    throw error;
  }
}
