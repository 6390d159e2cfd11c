// The description of the public API for other languages, which jsii calls an assembly.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOfInputs } from '../build-inputs.mjs';
import { runTool } from './tools.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SOURCES = ['lib', 'scripts/jsii/assembly.mjs', 'scripts/jsii/package-lock.json', 'LICENSE', 'README.md'];

/** The package's manifest as jsii's compiler takes it, which has no use for the tools of this repository. */
function manifest() {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  const { scripts: _, files: __, devDependencies, peerDependencies, ...rest } = JSON.parse(text);
  // Only an entry for TypeScript needs cdk-nag, which is a jsii library, and would become a dependency in every language.
  const { 'cdk-nag': ___, ...peers } = peerDependencies;
  const { 'aws-cdk-lib': cdk, constructs } = devDependencies;
  return JSON.stringify({ ...rest, peerDependencies: peers, devDependencies: { 'aws-cdk-lib': cdk, constructs } });
}

/** The assembly that jsii's compiler makes of a copy of the sources, as text. */
function compile() {
  const folder = mkdtempSync(path.join(tmpdir(), 'jsii-'));
  try {
    cpSync(path.join(root, 'lib'), path.join(folder, 'lib'), { recursive: true });
    for (const name of ['README.md', 'LICENSE', 'node_modules'])
      symlinkSync(path.join(root, name), path.join(folder, name));
    writeFileSync(path.join(folder, 'package.json'), manifest());
    runTool('jsii', ['--silence-warnings', 'metadata/missing-dev-dependency'], folder);
    return readFileSync(path.join(folder, '.jsii'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The assembly of the sources as they are. Compiling takes half a minute of a processor, so it is compiled again only after they change. */
export function assembly() {
  const digest = createHash('sha256').update(digestOfInputs(root, SOURCES)).update(manifest()).digest('hex');
  const file = path.join(root, '.local/jsii', `assembly-${digest.slice(0, 12)}.json`);
  if (!existsSync(file)) {
    const made = compile();
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, made);
  }
  return readFileSync(file, 'utf8');
}
