import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freshFolder } from '@/test/guard/cdk/fresh-folder';
import { ALIAS, ROOT } from './synth';

// Each starts an app, perhaps on a busy machine.
jest.setTimeout(60_000);

/** The output of an app as a user sees it, without a path of this machine and without today's date. */
function output(app: string, files: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv) {
  const folder = freshFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const { NO_COLOR: _, FORCE_COLOR: __, ...rest } = process.env;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', path.join(ROOT, 'node_modules/tsx/dist/loader.mjs'), path.join(ROOT, app)],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        ...rest,
        ...ALIAS,
        CDK_OUTDIR: path.join(folder, 'cdk.out'),
        ...env,
      },
    },
  );
  const text = stderr
    .replace(/^\(node:\d+\) Warning: NodeVersionSupportWarning[\s\S]*?\n\n.*https:\S+\n.*\n/m, '')
    .replace(/\S+(?=test\/e2e\/uncaught-app)/, '')
    .replace(/expires: \d{4}-\d{2}-\d{2}/g, 'expires: <in 90 days>');
  return { status, text };
}

const SAMPLE = readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8');

test('a Region outside the boundary is refused in one line', () => {
  const file = SAMPLE.replace('primary: eu-central-1', 'primary: eu-west-2');
  const { status, text } = output('bin/app.ts', { 'residency.yaml': file }, {});
  expect(text).toMatchSnapshot();
  expect(status).toBe(1);
});

test('a resource that could leave the boundary is refused with the place, the reason and the fix', () => {
  const { status, text } = output('test/e2e/uncaught-app.ts', {}, {});
  expect(text).toMatchSnapshot();
  expect(status).toBe(1);
});

test('a mistake in a file of exceptions is refused in one line', () => {
  const exceptions = 'exceptions: [{ rule: place-outside, stack: Chat, reason: x, approver: y, expires: someday }]\n';
  const { status, text } = output(
    'test/e2e/uncaught-app.ts',
    { 'residency-exceptions.yaml': exceptions },
    { EXCEPTIONS: 'residency-exceptions.yaml' },
  );
  expect(text).toMatchSnapshot();
  expect(status).toBe(1);
});
