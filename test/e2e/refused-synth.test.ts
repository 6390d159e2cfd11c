import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { manifests } from '../guard/cdk/guarded-app';

// Each case starts the CLI and an app, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const ROOT = path.join(__dirname, '../..');
const SAMPLE = readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8');
const TSX = path.join(ROOT, 'node_modules/.bin/tsx');

interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly outdir: string;
}

/** Runs the real CLI on an app, as somebody would who wants it to pass all the same. */
function synth(script: string, env: NodeJS.ProcessEnv, ...options: string[]): Promise<Outcome> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'synth-'));
  const args = [
    path.join(ROOT, 'node_modules/aws-cdk/bin/cdk'),
    'synth',
    '--app',
    `${TSX} ${path.join(ROOT, script)}`,
    '-o',
    outdir,
  ];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...args, ...options],
      { cwd: outdir, env: { ...process.env, CDK_DISABLE_VERSION_CHECK: '1', ...env } },
      (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr, outdir }),
    );
  });
}

/** Runs the package's own app on the sample, changed. */
function synthSample(change: (sample: string) => string): Promise<Outcome> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'config-')), 'residency.yaml');
  writeFileSync(file, change(SAMPLE));
  return synth('bin/app.ts', { RESIDENCY_CONFIG: file }, '--ignore-errors');
}

const synthApp = (name: string) => synth('test/e2e/refused-apps.ts', { REFUSED_APP: name }, '--ignore-errors');

test.each<[string, () => Promise<Outcome>, RegExp]>([
  [
    'a deployment in London',
    () => synthSample((sample) => sample.replace('primary: eu-central-1', 'primary: eu-west-2')),
    /residency\.yaml:\d+:\d+: regions\.primary: .*London/,
  ],
  [
    'an EU profile called from London',
    () => synthSample((sample) => sample.replace(/(- bedrock: eu\.\S+)/, '$1\n        region: eu-west-2')),
    /residency\.yaml:\d+:\d+: models\[0\]\.destinations\[0\].*London/,
  ],
  [
    'a global profile',
    () => synthSample((sample) => sample.replace('- bedrock: eu.', '- bedrock: global.')),
    /residency\.yaml:\d+:\d+: models\[0\]\.destinations\[0\]\.bedrock: .*any commercial Region of the world/,
  ],
  [
    'a replica to Virginia by override',
    () => synthApp('replica-by-override'),
    /Chat\/Bucket\/Resource[\s\S]*us-east-1 \(US\)/,
  ],
  [
    'a stack in Virginia inside a Stage',
    () => synthApp('stage-elsewhere'),
    /Prod\/Edge[\s\S]*'us-east-1' is in N\. Virginia/,
  ],
  [
    'a guard that throws',
    () => synthApp('guard-that-throws'),
    /the guard itself failed, so nothing was checked: broken on purpose/,
  ],
])('%s stops the synth, acknowledged and with --ignore-errors', async (_, run, message) => {
  const { code, output, outdir } = await run();
  expect(output).toMatch(message);
  expect(code).toBe(1);
  expect(manifests(outdir)).toEqual([]);
  expect(output.match(/^Residency: /gm)?.length ?? 0).toBeLessThanOrEqual(1);
});

test('a Stage that is synthesized on its own, by an app that then leaves, leaves nothing to deploy', async () => {
  const { outdir } = await synthApp('stage-on-its-own');
  expect(manifests(outdir)).toEqual([]);
});

test('a destination in another Region gets what leads there, and passes', async () => {
  const { code, output, outdir } = await synthSample((sample) =>
    sample.replace(/^( +)- bedrock: openai\.gpt-oss-120b-1:0$/m, '$&\n$&\n$1  region: eu-north-1'),
  );
  expect(output).toMatch(
    /calls openai\.gpt-oss-120b-1:0 in eu-north-1 \(assistant 3\)\s+processed in eu-north-1 \(SE\): enforced here/,
  );
  expect(output).toMatch(/^\d+ resources checked, 0 findings that block, \d+ for information$/m);
  expect(code).toBe(0);
  const stacks = readdirSync(outdir).filter((name) => /bedrock.*\.template\.json$/.test(name));
  expect(stacks.sort()).toEqual(['exemple-bedrock-eu-north-1.template.json', 'exemple-bedrock-routes.template.json']);
});

const SUMMARY = /^\d+ resources checked, 0 findings that block, \d+ for information$/m;
const linesOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8').split('\n');
const lineOf = (file: string) => linesOf(file).findIndex((line) => SUMMARY.test(line)) + 1;
/** What a page says that the sample's synth ends with, after the line that says so. */
const quoted = (file: string) => `${file}:${lineOf(file)}: ${linesOf(file)[lineOf(file) - 1]}`;

test('the sample passes, and ends with what is where', async () => {
  const { code, output, outdir } = await synth('bin/app.ts', { RESIDENCY_CONFIG: path.join(ROOT, 'residency.yaml') });
  expect(output).toMatch(
    /Conversations\/Table \(DynamoDB table\) +eu-central-1 +DE +Workspace\/Key +365 days \+ 35 to restore +key enforced here; time set by whoever writes the item/,
  );
  expect(output).toMatch(
    /calls eu\.anthropic\.\S+ \(assistant 1\)[\s\S]*calls openai\.gpt-oss-120b-1:0 \(assistant 2\)/,
  );
  expect(output).toMatch(/processed in eu-central-1 \(DE\), .*: claimed by AWS, as of \d{4}-\d{2}/);
  expect(output).toMatch(SUMMARY);
  // Whoever adds a resource corrects the line of the README.
  expect(quoted('README.md')).toBe(`README.md:${lineOf('README.md')}: ${SUMMARY.exec(output)?.[0]}`);
  expect(output).not.toContain('\u001b[1m');
  expect(code).toBe(0);
  expect(manifests(outdir)).toEqual(['manifest.json']);
});
