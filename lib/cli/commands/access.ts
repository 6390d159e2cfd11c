import { parseArgs } from 'node:util';
import { readInputs } from '../../guard/assembly/read-inputs';
import { COLOURED, PLAIN, usesColour } from '../../guard/report/paint';
import { accessTable } from '../../report/access/access-table';
import { accessTo } from '../../report/access/access-to-keys';
import type { KeyAccess } from '../../report/access/key-access';
import { expandPaths } from '../shared/expand-paths';
import { oneOf } from '../shared/one-of';
import { UsageError } from '../shared/usage-error';

export const ACCESS_USAGE = `eu-residency access [paths...]  which principals can decrypt what, key by key, by the policies of cloud assemblies and templates
    paths                         folders, template files, globs, or - for standard input; default: cdk.out
    --live                        instead, the keys of the account as they are now, with the grants that were made of them
    --config FILE                 with --live: which account and Regions; default: residency.yaml
    --format table|json           default: table
  without --live it reads files only; IAM policies that aren't in the assembly are never seen
  exit code 0: all of it is told; 1: of some key it is unknown whether there are more; 2: an input can't be read`;

const OPTIONS = {
  live: { type: 'boolean', default: false },
  config: { type: 'string' },
  format: { type: 'string', default: 'table' },
} as const;

/** Runs `access`; the exit code. */
export async function access(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const { live, config } = values;
  const format = oneOf('--format', values.format, ['table', 'json']);
  if (live && positionals.length > 0) throw new UsageError('--live reads no files; leave the paths or --live out');
  if (!live && config !== undefined) throw new UsageError('--config belongs to --live; leave it out');
  const { found, failed } = live
    ? { found: { keys: await liveKeys(config), withoutKey: [] }, failed: [] }
    : fromFiles(positionals);
  if (format === 'json') console.log(JSON.stringify(found, null, 2));
  else if (found.keys.length + found.withoutKey.length > 0) {
    const { bold } = usesColour(process.stdout, process.env) ? COLOURED : PLAIN;
    console.log(accessTable(found, bold));
  } else if (failed.length === 0) console.log('no key, and no store');
  for (const { file, error } of failed) console.error(`${file}: not read: ${error}`);
  if (failed.length > 0) return 2;
  return found.keys.some(({ unknown }) => unknown.length > 0) ? 1 : 0;
}

/** What brings the AWS SDK is loaded only when it is asked for. */
function liveKeys(config = 'residency.yaml'): Promise<KeyAccess[]> {
  const { readLiveKeys } = require('../run/run-aws') as typeof import('../run/run-aws');
  return readLiveKeys(config);
}

function fromFiles(positionals: readonly string[]) {
  const { paths, empty } = expandPaths(positionals.length === 0 ? ['cdk.out'] : positionals);
  const { templates, unreadable } = readInputs(paths);
  const failed = [...empty.map((file) => ({ file, error: 'no file fits this glob' })), ...unreadable];
  return { found: accessTo(templates), failed };
}
