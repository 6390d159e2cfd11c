import { parseArgs } from 'node:util';
import { readInputs } from '../../lib/guard/assembly/read-inputs';
import { COLOURED, PLAIN, usesColour } from '../../lib/guard/report/paint';
import { accessTable } from '../../lib/report/access/access-table';
import { accessToKeys } from '../../lib/report/access/access-to-keys';
import { expandPaths } from './expand-paths';
import { oneOf } from './one-of';

export const ACCESS_USAGE = `eu-residency access [paths...]  which principals can decrypt what, key by key, by the policies of cloud assemblies and templates
    paths                         folders, template files, globs, or - for standard input; default: cdk.out
    --format table|json           default: table
  reads files only; not seen: grants that are made at run time, and IAM policies that aren't in the assembly
  exit code 0: all of it is told; 1: of some key it is unknown whether there are more; 2: an input can't be read`;

const OPTIONS = { format: { type: 'string', default: 'table' } } as const;

/** Runs `access`; the exit code. */
export function access(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const format = oneOf('--format', values.format, ['table', 'json']);
  const { paths, empty } = expandPaths(positionals.length === 0 ? ['cdk.out'] : positionals);
  const { templates, unreadable } = readInputs(paths);
  const keys = accessToKeys(templates);
  if (format === 'json') console.log(JSON.stringify({ keys }, null, 2));
  else if (keys.length > 0) {
    const { bold } = usesColour(process.stdout, process.env) ? COLOURED : PLAIN;
    console.log(accessTable(keys, bold));
  } else console.log('no key, and nothing that is encrypted under one');
  for (const file of empty) console.error(`${file}: not read: no file fits this glob`);
  for (const { file, error } of unreadable) console.error(`${file}: not read: ${error}`);
  if (unreadable.length + empty.length > 0) return 2;
  return keys.some(({ unknown }) => unknown.length > 0) ? 1 : 0;
}
