import { ResidencyBoundary } from '../../boundary/boundary';
import { readInputs } from '../../guard/assembly/read-inputs';
import { type CheckReport, checkInputs } from '../../guard/check/check-inputs';
import { readBaseline } from '../../guard/declarations/baseline-file';
import { type Declarations, joined } from '../../guard/declarations/declarations';
import { exceptionLines } from '../../guard/report/exception-lines';
import { COLOURED, PLAIN, usesColour } from '../../guard/report/paint';
import { pretty } from '../../guard/report/pretty';
import { type Report, summaryLine, toReport } from '../../guard/report/report';
import { type CheckCommand, readCommand } from '../check/check-options';
import { formatted } from '../check/formats';
import { writeNewBaseline } from '../check/write-baseline';
import { expandPaths } from '../shared/expand-paths';
import { Progress } from '../shared/progress';
import { UsageError } from '../shared/usage-error';
import { version } from '../shared/version';

export const CHECK_USAGE = `eu-residency check [paths...]   judge cloud assemblies (the folder that cdk synth wrote) and CloudFormation templates
    paths                         folders, template files in JSON or YAML, globs, or - for standard input; default: cdk.out
    --boundary eu|eea|DE,FR       what counts as inside; default: eu
    --region REGION               deploy Region of templates that name none; repeat it to check several
    --config FILE                 residency.yaml: boundary, exceptions, places and boundaries from it
    --exceptions FILE             residency-exceptions.yaml: exceptions, places and boundaries from it
    --baseline FILE               findings that were there already; only others block
    --write-baseline [FILE]       write today's findings as the baseline; default: residency-baseline.json
    --grow                        with --write-baseline: let an existing baseline grow
    --unresolved block|warn       what a value does that can't be decided; default: block
    --min-level LEVEL             block, unresolved or info: the least grave level that is shown; default: info
    --format FORMAT               pretty, json, sarif, junit, github, gitlab or markdown; default: pretty
  exit code 0: nothing leaves; 1: findings that block; 2: an input can't be read, or the command line is off`;

/** Runs `check`; the exit code. */
export function check(args: readonly string[]): number {
  const command = readCommand(args);
  const { boundary, declarations } = declaredBy(command);
  const baseline = command.baseline === undefined ? undefined : readGivenBaseline(command.baseline);
  const { paths, empty } = expandPaths(command.paths);
  const inputs = readInputs(paths);
  const progress = new Progress(process.stderr);
  const result = checkInputs(
    {
      ...inputs,
      unreadable: [...inputs.unreadable, ...empty.map((file) => ({ file, error: 'no file fits this glob' }))],
    },
    {
      boundary,
      deployRegions: command.regions,
      declarations,
      baseline,
      onProgress: (done, total) => progress.tell(done, total),
    },
  );
  progress.end();
  const isReadable = result.files.every((file) => file.error === undefined);
  if (command.writeBaseline !== undefined) return writeRequested(command, result, isReadable);

  const { unresolved, minLevel, regions: deployRegions } = command;
  const report = toReport(result, { version: version(), boundary: boundary.name, deployRegions, minLevel, unresolved });
  if (command.format === 'pretty') print(report);
  else console.log(formatted(report, command.format));
  if (!isReadable) return 2;
  return result.findings.some(({ level }) => report.blocks(level)) ? 1 : 0;
}

/** A baseline of inputs that were only partly read would call their findings new as soon as they can be read. */
function writeRequested(command: CheckCommand, { files, findings }: CheckReport, isReadable: boolean): number {
  if (isReadable) return writeNewBaseline(command.writeBaseline as string, findings, command.grow);
  printUnreadable(files);
  console.error(`${command.writeBaseline}: not written, as not every input could be read`);
  return 2;
}

/** What `--config`, `--exceptions` and `--boundary` say; the loader, slow to start, is loaded only for them. */
function declaredBy({ boundary, config, exceptions }: CheckCommand) {
  const declarations: Declarations[] = [];
  let inside = boundary ?? ResidencyBoundary.eu();
  if (config !== undefined) {
    const { loadConfig } = require('../../config/load') as typeof import('../../config/load');
    const read = loadConfig(config);
    inside = read.boundary;
    declarations.push(read.declarations);
  }
  if (exceptions !== undefined) {
    const { loadDeclarations } =
      require('../../config/load-declarations') as typeof import('../../config/load-declarations');
    declarations.push(loadDeclarations(exceptions));
  }
  return { boundary: inside, declarations: joined(declarations) };
}

function readGivenBaseline(file: string) {
  try {
    return readBaseline(file);
  } catch (error) {
    throw new UsageError(`--baseline: ${(error as Error).message}`);
  }
}

function print(report: Report): void {
  printUnreadable(report.files);
  const paint = usesColour(process.stdout, process.env) ? COLOURED : PLAIN;
  if (report.findings.length > 0) console.log(`${pretty(report.findings, paint)}\n`);
  for (const line of exceptionLines(report.exceptions)) console.log(line);
  console.log(summaryLine(report));
}

function printUnreadable(files: Report['files']): void {
  for (const { file, error } of files) if (error !== undefined) console.error(`${file}: not checked: ${error}`);
}
