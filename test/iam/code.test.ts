import path from 'node:path';
import { buildSync } from 'esbuild';
import { commandsOf } from './calls/row';
import { ROWS_OF_BUNDLES } from './calls/rows';

const ROOT = path.join(__dirname, '../..');

/** Calls in the code of a bundle, by file: commands of the SDK, pages of a command, and signed requests to Bedrock. */
function callsInBundle(bundle: string): string[] {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(ROOT, 'lib/runtime', bundle, 'lambda.ts')],
    absWorkingDir: ROOT,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const found = new Set<string>();
  let file = '';
  for (const line of (outputFiles[0]?.text ?? '').split('\n')) {
    file = /^\/\/ lib\/runtime\/(.*\.ts)$/.exec(line)?.[1] ?? file;
    for (const [, command] of line.matchAll(/new (\w+?)Command\d*\(/g)) found.add(`${file} ${command}`);
    for (const [, command] of line.matchAll(/(?<!\w)paginate(\w+?)\d*\(/g)) found.add(`${file} ${command}`);
    for (const [, operation, path] of line.matchAll(/\.send\(\w+, "([\w-]+)"|\.post\("\/openai\/v1\/([\w/]+)"/g))
      found.add(`${file} ${operation ?? path}`);
  }
  return [...found].sort();
}

/** The rows of a bundle that name a file; the others are made by Lambda and by the AWS Encryption SDK. */
const listed = (bundle: string): string[] => {
  const rows = (ROWS_OF_BUNDLES[bundle] ?? []).filter(({ by }) => by.endsWith('.ts'));
  return [...new Set(rows.flatMap((row) => commandsOf(row).map((command) => `${row.by} ${command}`)))].sort();
};

/** In a bundle, because they share a file with calls of its functions. Its functions don't make them. */
const NOT_CALLED: Readonly<Record<string, readonly string[]>> = {
  jobs: ['workspace/store/objects.ts DeleteObject', 'workspace/store/table.ts PutItem'],
  conversion: ['workspace/keyring/branch-keyring.ts GetItem'],
  members: ['directory/directory-table.ts GetItem'],
  workspace: ['directory/directory-table.ts GetItem', 'workspace/keyring/branch-keyring.ts GetItem'],
};

test.each(Object.keys(ROWS_OF_BUNDLES))('each call in the code of %s has a row, and each row a call', (bundle) => {
  expect([...listed(bundle), ...(NOT_CALLED[bundle] ?? [])].sort()).toEqual(callsInBundle(bundle));
});

test('no other bundle calls AWS', () => {
  expect(callsInBundle('hook')).toEqual([]);
});
