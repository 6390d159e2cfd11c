import type { DeploymentConfig } from '../../config/model/config';
import { readInputs } from '../../guard/assembly/read-inputs';
import { type CheckableInput, type CheckReport, checkInputs } from '../../guard/check/check-inputs';
import { readBaseline } from '../../guard/declarations/baseline-file';
import { exceptionLines } from '../../guard/report/exception-lines';
import { COLOURED, PLAIN, usesColour } from '../../guard/report/paint';
import { pretty } from '../../guard/report/pretty';
import { type Report, summaryLine, toReport } from '../../guard/report/report';
import type { Json } from '../../guard/template/parse';
import { version } from '../../report/version';
import { type CheckCommand, readCommand } from '../check/check-options';
import { declaredBy } from '../check/declared-by';
import { formatted } from '../check/formats';
import { writeReport } from '../check/report-file';
import { writeNewBaseline } from '../check/write-baseline';
import type { CommandHelp } from '../help/command-help';
import { expandPaths } from '../shared/expand-paths';
import { print, printError } from '../shared/print';
import { Progress } from '../shared/progress';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';
import { withoutAssembly } from '../shared/without-assembly';

export const CHECK_HELP: CommandHelp = {
  summary: 'Check cloud assemblies, CloudFormation templates, Terraform plans',
  usage: [['check [PATHS...] [OPTIONS]']],
  options: [
    [
      'PATHS...',
      'cloud assemblies (folders that cdk synth wrote), template files in JSON or YAML, plans that terraform show -json wrote, globs, ' +
        'or - for standard input; ' +
        'default: cdk.out',
    ],
    ['--boundary eu|eea|DE,FR', 'the boundary; default: eu'],
    [
      '--region REGION',
      'Region that templates without a Region of their own, and providers whose Region a plan lacks, deploy to; repeat it to check several',
    ],
    ['--config FILE', 'residency.yaml, for its boundary, exceptions, places and boundaries'],
    ['--exceptions FILE', 'residency-exceptions.yaml, for its exceptions, places and boundaries'],
    ['--baseline FILE', 'findings that existed before: they pass, and only new findings block'],
    ['--write-baseline [FILE]', 'write the current findings as the baseline; default: residency-baseline.json'],
    ['--grow', 'with --write-baseline: allow new findings in an existing baseline'],
    ['--unresolved block|warn', 'whether a value that cannot be decided blocks; default: block'],
    ['--min-level LEVEL', 'lowest severity to show: block, unresolved or info; default: info'],
    ['--format FORMAT', 'pretty, json, sarif, junit, github, gitlab or markdown; default: pretty'],
    [
      '--report FORMAT=FILE',
      'also write the report in another format to a file; repeat it for several. Any format but pretty',
    ],
    ['--', 'end of the options: what follows is a path, even if it begins with --'],
  ],
  examples: ['check --region eu-central-1 cdk.out', 'check plan.json', 'check --report sarif=residency.sarif cdk.out'],
  exitCodes: [
    [0, 'no finding blocks'],
    [1, 'at least one finding blocks'],
    [2, "an input can't be read, or the command line is invalid"],
  ],
};

/** Runs `check`; the exit code. */
export function check(args: readonly string[]): number {
  const command = readCommand(args);
  const { boundary, declarations, deployment } = declaredBy(command);
  const baseline = command.baseline === undefined ? undefined : readGivenBaseline(command.baseline);
  const { paths, empty } = expandPaths(command.paths);
  const inputs = readInputs(paths, readPlan);
  const progress = new Progress(process.stderr);
  const result = checkInputs(
    {
      ...inputs,
      templates: withEgress(inputs.templates, deployment),
      unreadable: [
        ...inputs.unreadable.map(withoutAssembly),
        ...empty.map((file) => ({ file, error: 'no file matches this glob' })),
      ],
    },
    {
      boundary,
      deployRegions: command.regions,
      declarations,
      baseline,
      onProgress: (done, total) => progress.update(done, total),
    },
  );
  progress.end();
  const isReadable = result.files.every((file) => file.error === undefined);
  if (command.writeBaseline !== undefined) return writeRequested(command, result, isReadable);

  const { unresolved, minLevel, regions: deployRegions } = command;
  const report = toReport(result, { version: version(), boundary: boundary.name, deployRegions, minLevel, unresolved });
  if (command.format === 'pretty') printReport(report);
  // Each format escapes in its own way, and GitHub's consists of commands.
  else console.log(formatted(report, command.format));
  for (const file of command.reports) writeReport(file, report);
  if (!isReadable) return 2;
  return result.findings.some(({ level }) => report.blocks(level)) ? 1 : 0;
}

/** What knows the form of an egress is loaded only with a deployment that can have one. */
function withEgress(
  templates: readonly CheckableInput[],
  deployment: DeploymentConfig | undefined,
): readonly CheckableInput[] {
  if (deployment === undefined) return templates;
  const { withEgressForm } =
    require('../../report/egress/with-egress-form') as typeof import('../../report/egress/with-egress-form');
  return withEgressForm(templates, deployment);
}

/** The table of the provider's types takes time to load. */
function readPlan(document: Json, file: string, stack: string): CheckableInput[] {
  const plans = require('../../guard/terraform/read-plan') as typeof import('../../guard/terraform/read-plan');
  return plans.readPlan(document, file, stack);
}

/** If an input can't be read, its findings would be new as soon as it can, so no baseline is written. */
function writeRequested(command: CheckCommand, { files, findings }: CheckReport, isReadable: boolean): number {
  if (isReadable) return writeNewBaseline(command.writeBaseline as string, findings, command.grow);
  printUnreadable(files);
  printError(`${command.writeBaseline}: not written, because not every input could be read`);
  return 2;
}

function readGivenBaseline(file: string) {
  try {
    return readBaseline(file);
  } catch (error) {
    throw new UsageError(`--baseline: ${(error as Error).message}`);
  }
}

function printReport(report: Report): void {
  printUnreadable(report.files);
  const paint = usesColour(process.stdout, process.env) ? COLOURED : PLAIN;
  const found = report.findings.length > 0 ? [`${pretty(report.findings, paint, { width: tableWidth() })}\n`] : [];
  const exceptions = exceptionLines(report.exceptions, tableWidth());
  for (const text of [...found, ...exceptions]) print(text);
  print(summaryLine(report));
}

function printUnreadable(files: Report['files']): void {
  for (const { file, error } of files) {
    if (error !== undefined) printError(`${file}: not checked: ${error}`);
  }
}
