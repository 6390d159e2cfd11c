import { parseArgs } from 'node:util';
import { ResidencyBoundary } from '../../lib/boundary/boundary';
import { readInputs } from '../../lib/guard/assembly/read-inputs';
import { type CheckReport, checkInputs } from '../../lib/guard/check-inputs';
import { blocks } from '../../lib/guard/finding';
import { count, pretty } from '../../lib/guard/report/pretty';
import { UsageError } from './usage-error';

export const CHECK_USAGE = `eu-residency check [paths...]   judge cloud assemblies (the folder that cdk synth wrote) and CloudFormation templates
    paths                         folders, template files in JSON or YAML, or - for standard input; default: cdk.out
    --boundary eu|eea|DE,FR       what counts as inside; default: eu
    --region REGION               deploy Region of templates that name none; repeat it to check several
    --format pretty|json          default: pretty
  exit code 0: nothing leaves; 1: findings that block; 2: an input can't be read, or the command line is off`;

/** Runs `check`; the exit code. */
export function check(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      boundary: { type: 'string', default: 'eu' },
      region: { type: 'string', multiple: true, default: [] },
      format: { type: 'string', default: 'pretty' },
    },
  });
  if (values.format !== 'pretty' && values.format !== 'json')
    throw new UsageError(`--format must be pretty or json, got '${values.format}'`);
  const report = checkInputs(readInputs(positionals.length > 0 ? positionals : ['cdk.out']), {
    boundary: boundary(values.boundary),
    deployRegions: values.region,
  });
  print(report, values.format);
  if (report.files.some((file) => file.error !== undefined)) return 2;
  return report.findings.some(blocks) ? 1 : 0;
}

function boundary(text: string): ResidencyBoundary {
  try {
    return ResidencyBoundary.parse(text);
  } catch (error) {
    throw new UsageError(`--boundary: ${(error as Error).message}`);
  }
}

function print({ files, findings }: CheckReport, format: 'pretty' | 'json'): void {
  const resources = files.reduce((sum, file) => sum + file.resources, 0);
  if (format === 'json') {
    console.log(
      JSON.stringify(
        { files, findings, summary: { files: files.length, resources, findings: findings.length } },
        null,
        2,
      ),
    );
    return;
  }
  for (const { file, error } of files) if (error !== undefined) console.error(`${file}: not checked: ${error}`);
  if (findings.length > 0) console.log(`${pretty(findings)}\n`);
  console.log(`${resources} resources checked, ${count(findings)}`);
}
