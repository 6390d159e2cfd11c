/**
 * `npm run test:browser [-- FILE ...]` opens the evidence page in Chromium: accessibility, requests, time, layout on a screen, a telephone and
 * paper. It opens those of evidence files too, as `eu-residency report --format json` writes them, and saves pictures in `.local/pictures`.
 * With `--all`, it also opens the page in each language, and saves pictures of the dark theme. With `--picture FILE`, it writes README's picture
 * instead. Without Chromium, pdftotext or the package registry it prints what is missing and exits with 77.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installTools, missingProgram, UNREACHABLE } from './browser';
import { picture } from './picture';

const NOT_RUN = 77;

/** What is missing; none if the tests can run. */
function missing(): string | undefined {
  const program = missingProgram();
  if (program !== undefined) return program;
  try {
    installTools();
    return undefined;
  } catch (error) {
    if (UNREACHABLE.test(`${error instanceof Error ? error.message : error}`)) return 'a package registry';
    throw error;
  }
}

function tests(files: readonly string[], isAll: boolean): number {
  // In turn: a second browser would slow down the one whose time is measured.
  const jest = [require.resolve('jest/bin/jest'), '-i', 'test/browser', '--testPathIgnorePatterns', '/node_modules/'];
  const cwd = path.join(__dirname, '../..');
  const env = {
    ...process.env,
    EVIDENCE_FILES: files.map((file) => path.resolve(file)).join(path.delimiter),
    EVERY_LOOK: isAll ? 'yes' : 'no',
  };
  return spawnSync(process.execPath, jest, { cwd, env, stdio: 'inherit' }).status ?? 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { picture: { type: 'string' }, all: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const reason = missing();
  if (reason !== undefined) {
    console.error(`not run: it needs ${reason}`);
    return NOT_RUN;
  }
  if (values.picture === undefined) return tests(positionals, values.all);
  await picture(values.picture);
  return 0;
}

void main().then((code) => {
  process.exitCode = code;
});
