import path from 'node:path';
import { parseArgs } from 'node:util';
import { thumbprint } from '../../config/release/jws';
import type { ReleaseContent } from '../../config/release/payload';
import { readPinnedKeys } from '../../config/release/pinned-keys';
import { updateRelease } from '../../config/release/update-release';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';

const OPTIONS = { config: { type: 'string', default: 'residency.yaml' } } as const;

/** Runs `facts update`; the exit code. */
export function updateFacts(args: readonly string[], now = new Date()): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0)
    throw new UsageError('facts update takes one file: the facts release to accept');
  const pinned = readPinnedKeys(values.config);
  const today = now.toISOString().slice(0, 10);
  const { content, written } = updateRelease(file, path.dirname(values.config), pinned, today);
  print(
    content.kind === 'release'
      ? releaseText(content)
      : `accepted the key change of version ${content.version}: the first key is now ${thumbprint(content.firstKey)}`,
  );
  printError(`written: ${written.join(', ')}; commit ${written.length === 1 ? 'it' : 'both'}, and deploy`);
  return 0;
}

function releaseText({ version, checkedAt, nextCheck, expires, tables }: ReleaseContent): string {
  const rows = Object.entries(tables).map(([name, { length }]) => `${length} ${name}`);
  return (
    `accepted facts release ${version} of ${checkedAt}: ${rows.join(', ') || 'no rows'}; the next one is due on ${nextCheck}, and this ` +
    `one can be accepted before ${expires}`
  );
}
