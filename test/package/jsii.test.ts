import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './pack';
import { tryRun } from './run';

// jsii may have to be downloaded, and it compiles everything again.
jest.setTimeout(300_000);

/** The compiler that publishes CDK's own libraries. It is downloaded, because nothing else here needs it. */
const JSII = 'jsii@6.0.16';

test('the main entry compiles as a library for Python, Java, .NET and Go', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'jsii-'));
  cpSync(path.join(ROOT, 'lib'), path.join(folder, 'lib'), { recursive: true });
  for (const file of ['README.md', 'LICENSE', 'node_modules'])
    symlinkSync(path.join(ROOT, file), path.join(folder, file));
  const { name, version, description, license, dependencies, peerDependencies, devDependencies } = JSON.parse(
    readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
  );
  const manifest = { name, version, description, license, dependencies, peerDependencies, devDependencies };
  const published = {
    author: { name: 'test' },
    repository: { type: 'git', url: 'https://example.eu/test.git' },
    stability: 'experimental',
    bundledDependencies: Object.keys(dependencies),
    peerDependencies: Object.fromEntries(Object.entries(peerDependencies).filter(([peer]) => peer !== 'cdk-nag')),
    main: 'lib/index.js',
    types: 'lib/index.d.ts',
    // The other entries are for TypeScript only; the Lambda code is bundled.
    jsii: { outdir: 'dist', targets: {}, excludeTypescript: ['lib/runtime/**', 'lib/nag.ts', 'lib/testing/**'] },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, ...published }));
  const { code, output } = tryRun(folder, 'npx', '-y', JSII);
  expect(output.split('\n').filter((line) => /error|warning JSII(?!6:)/.test(line))).toEqual([]);
  expect(code).toBe(0);
  const { types } = JSON.parse(readFileSync(path.join(folder, '.jsii'), 'utf8'));
  expect(Object.keys(types)).toContain('cdk-eu-residency.Workspace');
});
