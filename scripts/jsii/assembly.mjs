// Describes the public API to other languages: writes `.jsii`, and names each class of the build after its type in it, by which
// objects keep their types when they pass from one language to another. It compiles `lib` again, which takes half a minute of a
// processor, so the description is kept until its inputs change.
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
const INPUTS = ['lib', 'scripts/jsii', 'package-lock.json', 'package.json', 'LICENSE', 'README.md'];

/** The assembly that jsii's compiler makes of a copy of the sources. */
function compile() {
  const folder = mkdtempSync(path.join(tmpdir(), 'jsii-'));
  try {
    cpSync(path.join(root, 'lib'), path.join(folder, 'lib'), { recursive: true });
    for (const name of ['README.md', 'LICENSE', 'node_modules'])
      symlinkSync(path.join(root, name), path.join(folder, name));
    const {
      scripts: _,
      devDependencies,
      peerDependencies,
      ...manifest
    } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    // Only an entry for TypeScript needs cdk-nag, which is a jsii library, and would become a dependency in every language.
    const { 'cdk-nag': __, ...peers } = peerDependencies;
    const { 'aws-cdk-lib': cdk, constructs } = devDependencies;
    const written = { ...manifest, peerDependencies: peers, devDependencies: { 'aws-cdk-lib': cdk, constructs } };
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(written));
    runTool('jsii', ['--silence-warnings', 'metadata/missing-dev-dependency'], folder);
    return readFileSync(path.join(folder, '.jsii'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function assembly() {
  const kept = path.join(root, '.local/jsii', `assembly-${digestOfInputs(root, INPUTS).slice(0, 12)}.json`);
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
  appendFileSync(path.join(root, 'dist', `${file}.js`), nameClass(name, { fqn, version }));
}
