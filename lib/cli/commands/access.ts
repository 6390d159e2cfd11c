import { parseArgs } from 'node:util';
import { readInputs } from '../../guard/assembly/read-inputs';
import { COLOURED, PLAIN, usesColour } from '../../guard/report/paint';
import { accessTable } from '../../report/access/access-table';
import { accessTo } from '../../report/access/access-to-keys';
import type { KeyAccess } from '../../report/access/key-access';
import type { CommandHelp } from '../help/command-help';
import { expandPaths } from '../shared/expand-paths';
import { oneOf } from '../shared/one-of';
import { print, printError } from '../shared/print';
import { tableWidth } from '../shared/table-width';
import { UsageError } from '../shared/usage-error';
import { DEFAULT_ASSEMBLY, withoutAssembly } from '../shared/without-assembly';

export const ACCESS_HELP: CommandHelp = {
  summary: 'List the principals that can decrypt what, key by key',
  usage: [
    ['access [PATHS...] [OPTIONS]', 'by the policies of cloud assemblies and templates'],
    ['access --live [OPTIONS]', 'by the key policies and grants of the account as they are now'],
  ],
  options: [
    ['PATHS...', 'folders, template files, globs, or - for standard input; default: cdk.out'],
    ['--live', 'read the keys of the account, with the grants made on them, instead of files'],
    ['--config FILE', 'with --live: configuration that names the account and the Regions; default: residency.yaml'],
    ['--format table|json', 'default: table'],
    ['--width COLUMNS', 'width of the table; default: that of the terminal, unlimited in a pipe or a file'],
  ],
  notes: ["Without --live, the command reads only files. It never sees IAM policies that aren't in the assembly."],
  examples: ['access cdk.out'],
  exitCodes: [
    [0, 'the list is complete'],
    [1, 'for at least one key or secret, more principals may be able to read'],
    [2, "an input can't be read"],
  ],
};

const OPTIONS = {
  live: { type: 'boolean', default: false },
  config: { type: 'string' },
  format: { type: 'string', default: 'table' },
  width: { type: 'string' },
} as const;

/** Runs `access`; the exit code. */
export async function access(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const { live, config } = values;
  const format = oneOf('--format', values.format, ['table', 'json']);
  if (live && positionals.length > 0) throw new UsageError('--live reads no files; omit the paths or --live');
  const width = tableWidth(values.width);
  if (!live && config !== undefined) throw new UsageError('--config applies to --live only; omit it, or add --live');
  const { found, failed } = live
    ? { found: { keys: await liveKeys(config), withoutKey: [], secrets: [] }, failed: [] }
    : fromFiles(positionals);
  if (format === 'json') print(JSON.stringify(found, null, 2));
  else if (found.keys.length + found.withoutKey.length > 0) {
    const { bold } = usesColour(process.stdout, process.env) ? COLOURED : PLAIN;
    print(accessTable(found, bold, width));
  } else if (failed.length === 0) print('no keys and no stores');
  for (const { file, error } of failed) printError(`${file}: not read: ${error}`);
  if (failed.length > 0) return 2;
  return [...found.keys, ...found.secrets].some(({ unknown }) => unknown.length > 0) ? 1 : 0;
}

/** The AWS SDK is loaded only if it is needed. */
function liveKeys(config = 'residency.yaml'): Promise<KeyAccess[]> {
  const { readLiveKeys } = require('../run/run-aws') as typeof import('../run/run-aws');
  return readLiveKeys(config);
}

function fromFiles(positionals: readonly string[]) {
  const { paths, empty } = expandPaths(positionals.length === 0 ? [DEFAULT_ASSEMBLY] : positionals);
  const { templates, unreadable } = readInputs(paths);
  const failed = [
    ...empty.map((file) => ({ file, error: 'no file matches this glob' })),
    ...unreadable.map(withoutAssembly),
  ];
  return { found: accessTo(templates), failed };
}
