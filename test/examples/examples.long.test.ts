import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CLOCK } from '../support/clock';

// Each is a process of its own, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const ROOT = path.join(__dirname, '../..');
/** As the CLI sets it, so that the report names constructs. */
const CDK_CONTEXT_JSON = JSON.stringify({ 'aws:cdk:enable-path-metadata': true });
const EXAMPLES = readdirSync(path.join(ROOT, 'examples'));

function synthesized(name: string) {
  const outdir = mkdtempSync(path.join(tmpdir(), 'example-'));
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', CLOCK, '--import', 'tsx', path.join(ROOT, 'examples', name, 'app.ts')],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON } },
  );
  return { outdir, status, stderr: stderr.replaceAll(outdir, 'cdk.out') };
}

/** How many resources of each type a template has. */
function typesOf(file: string): Record<string, number> {
  const counts: Record<string, number> = {};
  const { Resources } = JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, { Type: string }> };
  for (const { Type } of Object.values(Resources)) counts[Type] = (counts[Type] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

test.each(EXAMPLES)('%s synthesizes, and matches its snapshot', (name) => {
  const { outdir, status, stderr } = synthesized(name);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  expect(existsSync(path.join(outdir, 'manifest.json'))).toBe(true);
  const templates = readdirSync(outdir).filter((file) => file.endsWith('.template.json'));
  expect(templates.length).toBeGreaterThan(0);
  // The stacks of a deployment are compared in full in test/app and test/stacks; here only a summary.
  expect(stderr).toMatchSnapshot('report');
  expect(Object.fromEntries(templates.map((file) => [file, typesOf(path.join(outdir, file))]))).toMatchSnapshot(
    'types',
  );
});

test.each(EXAMPLES)('%s has a page of about ten lines with its synth command', (name) => {
  const page = readFileSync(path.join(ROOT, 'examples', name, 'README.md'), 'utf8');
  expect(page.trim().split('\n').length).toBeLessThanOrEqual(14);
  expect(page).toContain(`npx cdk synth --app 'npx tsx examples/${name}/app.ts' --quiet`);
});
