import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { apiReport, ENTRIES } from '@/scripts/api';
import { withOptions } from '../support/sample-options';
import { TARBALL_BYTES } from './budget';
import { pack, ROOT } from './pack';
import { run } from './run';

// Each test installs packages and starts the CLI, perhaps on a busy machine.
jest.setTimeout(300_000);

let tarball: string;
beforeAll(() => {
  tarball = pack();
});

test('the package contains only what a user needs, in at most its budget', () => {
  const { size } = statSync(tarball);
  process.stdout.write(`packed: ${(size / 1e6).toFixed(2)} MB\n`);
  expect(size).toBeLessThanOrEqual(TARBALL_BYTES);
  const all = run(ROOT, 'tar', '-tzf', tarball).trim().split('\n');
  const files = all.filter((file) => !file.startsWith('package/node_modules/'));
  const dependencies = all.filter((file) => !files.includes(file)).map((file) => file.split('/')[2]);
  // The last two are what tinyglobby depends on.
  expect([...new Set(dependencies)].sort()).toEqual(['fdir', 'picomatch', 'tinyglobby', 'yaml', 'zod']);
  const folders = new Set(files.map((file) => file.split('/').slice(1, 3).join('/')));
  expect(
    [...folders].filter((folder) => /^(?:test|scripts|bench|lib|node_modules|dist\/meta)(?:\/|$)/.test(folder)),
  ).toEqual([]);
  expect([...folders].filter((folder) => folder.startsWith('bin'))).toEqual(['bin/eu-residency.cjs']);
  expect(files.filter((file) => /\.map$|\.test\.|(?<!\.d)\.ts$/.test(file) && !file.includes('/templates/'))).toEqual(
    [],
  );
});

test('npm lists no test and no former release among its files', () => {
  const [{ files }] = JSON.parse(run(ROOT, 'npm', 'pack', '--dry-run', '--json', '--ignore-scripts')) as [
    { readonly files: readonly { readonly path: string }[] },
  ];
  const paths = files.map((file) => file.path);
  expect(paths).toContain('residency.yaml');
  expect(paths.filter((file) => file.startsWith('test/'))).toEqual([]);
});

test('the sources of a bundled dependency stay out of the package', () => {
  expect(run(ROOT, 'tar', '-tzf', tarball).match(/node_modules\/zod\/src\//)).toBeNull();
});

test('each file that a published file loads is published', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'files-'));
  run(folder, 'tar', '-xzf', tarball, 'package/dist', 'package/bin');
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.c?js$/.test(file));
  const isMissing = (file: string) =>
    ['', '.js', '/index.js'].every((end) => !existsSync(`${file}${end}`) || statSync(`${file}${end}`).isDirectory());
  const missing = scripts.flatMap((script) =>
    [...readFileSync(path.join(folder, script), 'utf8').matchAll(/\brequire\(["'](\.[^"']*)["']\)/g)]
      .filter(([, loaded = '']) => isMissing(path.join(folder, path.dirname(script), loaded)))
      .map(([, loaded]) => `${script}: ${loaded}`),
  );
  expect(scripts).toContain('package/dist/bin/eu-residency.js');
  expect(missing).toEqual([]);
});

test('no published file refers to a source map that the package excludes', () => {
  expect(run(ROOT, 'tar', '-xzOf', tarball, '--wildcards', 'package/dist/*.js')).not.toContain(
    '\n//# sourceMappingURL=',
  );
});

test('publint and are-the-types-wrong find nothing', () => {
  expect(run(ROOT, 'npx', 'publint', '--strict', tarball)).toContain('All good!');
  // The description for other languages is data.
  const options = ['--exclude-entrypoints', './.jsii', '--no-color'];
  expect(run(ROOT, 'npx', 'attw', ...options, tarball)).toContain('No problems found');
});

/** Each report is used twice, and takes long to create. */
const reports = new Map<string, string>();
function reportOf(name: string): string {
  const report = reports.get(name) ?? apiReport(name);
  reports.set(name, report);
  return report;
}

describe.each(Object.keys(ENTRIES))('the entry %s', (name) => {
  let report: string;
  beforeAll(() => {
    report = reportOf(name);
  });

  test('the public API matches docs/api; after an intended change: npm run api', () => {
    expect(report).toBe(readFileSync(path.join(ROOT, `docs/api/${name}.api.md`), 'utf8'));
  });

  test('every member is documented', () => {
    expect(report).not.toContain('(undocumented)');
  });
});

test('the main entry suits other languages: only classes, interfaces and enums, no union types, no internal names', () => {
  const report = reportOf('main');
  const kinds = [...report.matchAll(/^export (?:abstract |declare )?(\w+) /gm)].map(([, kind]) => kind);
  expect(new Set(kinds)).toEqual(new Set(['class', 'interface', 'enum']));
  expect(report.split('\n').filter((line) => /\|(?! undefined)|\s_/.test(line))).toEqual([]);
});

describe('an app created by init', () => {
  let app: string;
  const steps: string[] = [];
  const timed = (name: string, ...command: [string, ...string[]]) => {
    const started = performance.now();
    const output = run(app, ...command);
    steps.push(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return output;
  };
  afterAll(() => process.stdout.write(`${steps.join(', ')}\n`));

  beforeAll(() => {
    app = path.join(mkdtempSync(path.join(tmpdir(), 'init-')), 'chat');
    run(ROOT, process.execPath, 'dist/bin/eu-residency.js', 'init', app, '--package', tarball);
    timed('npm install', 'npm', 'install', '--no-audit', '--no-fund');
  });

  test('the app compiles, passes its own tests and synthesizes the stacks of its configuration', () => {
    timed('types', 'npm', 'run', 'types');
    expect(timed('npm test', 'npm', 'test')).toMatch(/# pass 2\n# fail 0/);
    timed('synth', 'npx', 'cdk', 'synth', '--quiet');
    expect(timed('check', 'npx', 'eu-residency', 'check', 'cdk.out')).toMatch(/: 0 block, 0 unresolved/);
    const { artifacts } = JSON.parse(readFileSync(path.join(app, 'cdk.out/manifest.json'), 'utf8'));
    // The page and the documents are in files that only this command loads.
    timed('report', 'npx', 'eu-residency', 'report', '--documents', 'en');
    expect(readFileSync(path.join(app, 'residency-report/evidence.html'), 'utf8')).toContain('chat-foundation');
    expect(Object.keys(artifacts)).toEqual(
      expect.arrayContaining(['chat-foundation', 'chat-workspace-sciences', 'chat-projects']),
    );
  });

  test('the app synthesizes each option that its configuration shows', () => {
    const file = path.join(app, 'residency.yaml');
    const sample = readFileSync(file, 'utf8');
    const metadata = readFileSync(path.join(ROOT, 'examples/university/idp-metadata.xml'), 'utf8');
    const own = metadata.replaceAll('idp.universite.example', 'idp.example.eu');
    writeFileSync(path.join(app, 'idp-metadata.xml'), own);
    writeFileSync(file, withOptions(sample));
    timed('synth with all options', 'npx', 'cdk', 'synth', '--quiet');
    run(app, 'npx', 'eu-residency', 'check', '--config', 'residency.yaml', 'cdk.out');
    const { artifacts } = JSON.parse(readFileSync(path.join(app, 'cdk.out/manifest.json'), 'utf8'));
    expect(Object.keys(artifacts)).toEqual(expect.arrayContaining(['chat-domain', 'chat-recovery']));
    expect(artifacts['chat-foundation'].environment).toBe('aws://111122223333/eu-central-1');
    const template = readFileSync(path.join(app, 'cdk.out/chat-foundation.template.json'), 'utf8');
    expect(template).not.toContain('"AWS::EC2::VPC"');
    expect(template).toContain('cost-centre');
    writeFileSync(file, sample);
  });

  test('another file with a Region outside the boundary stops the synth with the line to fix, and leaves nothing to deploy', () => {
    const sample = readFileSync(path.join(app, 'residency.yaml'), 'utf8');
    writeFileSync(path.join(app, 'other.yaml'), sample.replace('primary: eu-central-1', 'primary: eu-west-2'));
    expect(() => run(app, 'env', 'RESIDENCY_CONFIG=other.yaml', 'npx', 'cdk', 'synth', '--quiet')).toThrow(
      /other\.yaml:\d+:\d+: regions\.primary: .*London/,
    );
    expect(() => statSync(path.join(app, 'cdk.out/manifest.json'))).toThrow(/ENOENT/);
  });

  test('a second init overwrites no file', () => {
    const before = readFileSync(path.join(app, 'package.json'), 'utf8');
    expect(() => run(ROOT, process.execPath, 'dist/bin/eu-residency.js', 'init', app)).toThrow(
      /exist, and init overwrites nothing/,
    );
    expect(readFileSync(path.join(app, 'package.json'), 'utf8')).toBe(before);
  });
});
