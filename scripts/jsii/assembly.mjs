// Describes the public API to other languages: writes `.jsii`, and names each class of the build after its type in it, by which
// objects keep their types when they pass from one language to another. It compiles `lib` again, which takes half a minute of a
// processor, so the description is kept until its inputs change.
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOfInputs } from '../build-inputs.mjs';
import { runTool } from './tools.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const SOURCES = ['lib', 'scripts/jsii', 'LICENSE', 'README.md'];

/** The package's manifest as jsii's compiler takes it, which has no use for the tools of this repository. */
function manifest() {
  const text = readFileSync(path.join(root, 'package.json'), 'utf8');
  const { scripts: _, files: __, devDependencies, peerDependencies, ...rest } = JSON.parse(text);
  // Only an entry for TypeScript needs cdk-nag, which is a jsii library, and would become a dependency in every language.
  const { 'cdk-nag': ___, ...peers } = peerDependencies;
  const { 'aws-cdk-lib': cdk, constructs } = devDependencies;
  return JSON.stringify({ ...rest, peerDependencies: peers, devDependencies: { 'aws-cdk-lib': cdk, constructs } });
}

/** The assembly that jsii's compiler makes of a copy of the sources. */
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

function assembly() {
  const digest = createHash('sha256').update(digestOfInputs(root, SOURCES)).update(manifest()).digest('hex');
  const kept = path.join(root, '.local/jsii', `assembly-${digest.slice(0, 12)}.json`);
  if (!existsSync(kept)) {
    const made = compile();
    mkdirSync(path.dirname(kept), { recursive: true });
    writeFileSync(kept, made);
  }
  return readFileSync(kept, 'utf8');
}

/** What jsii's own compiler writes into each class. */
const nameClass = (name, value) =>
  `Object.defineProperty(exports.${name}, Symbol.for('jsii.rtti'), { value: ${JSON.stringify(value)} });\n`;

const text = assembly();
writeFileSync(path.join(root, '.jsii'), text);
const { types, version } = JSON.parse(text);
for (const { kind, fqn, name, symbolId } of Object.values(types)) {
  if (kind !== 'class') continue;
  const [file] = symbolId.split(':');
  const built = path.join(root, 'dist', `${file}.js`);
  const line = nameClass(name, { fqn, version });
  // Once for each build, however often this runs.
  if (!readFileSync(built, 'utf8').includes(line)) appendFileSync(built, line);
}
