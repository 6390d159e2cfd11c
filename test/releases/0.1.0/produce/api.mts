// Writes `api.jsii`: the public API as jsii's assembly, by the compiler and the manifest of test/package/jsii.test.ts.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FOLDER, ROOT } from './apps.mts';

const folder = mkdtempSync(path.join(tmpdir(), 'jsii-'));
cpSync(path.join(ROOT, 'lib'), path.join(folder, 'lib'), { recursive: true });
for (const file of ['README.md', 'LICENSE', 'node_modules'])
  symlinkSync(path.join(ROOT, file), path.join(folder, file));
const { name, version, description, license, dependencies, peerDependencies, devDependencies } = JSON.parse(
  readFileSync(path.join(ROOT, 'package.json'), 'utf8'),
);
const manifest = {
  name,
  version,
  description,
  license,
  dependencies,
  devDependencies,
  author: { name: 'nobody' },
  repository: { type: 'git', url: 'https://example.eu/nobody.git' },
  stability: 'experimental',
  bundledDependencies: Object.keys(dependencies),
  peerDependencies: Object.fromEntries(Object.entries(peerDependencies).filter(([peer]) => peer !== 'cdk-nag')),
  main: 'lib/index.js',
  types: 'lib/index.d.ts',
  jsii: { outdir: 'dist', targets: {}, excludeTypescript: ['lib/runtime/**', 'lib/nag.ts', 'lib/testing/**'] },
};
writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
execFileSync('npx', ['-y', 'jsii@6.0.16'], { cwd: folder, stdio: 'inherit' });
// Places of other libraries and the page of README say nothing of the API.
const { readme, dependencyClosure, ...assembly } = JSON.parse(readFileSync(path.join(folder, '.jsii'), 'utf8'));
writeFileSync(path.join(FOLDER, 'api.jsii'), `${JSON.stringify(assembly, undefined, 1)}\n`);
