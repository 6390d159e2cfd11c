// `npm run api:diff` compares the public API with that of each release in test/releases: what a program in any language used must
// still be there, and still take what it took.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assembly } from './assembly.mjs';
import { runTool } from './tools.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const RELEASES = path.join(root, 'test/releases');

/** A module as the tool reads one: an assembly, a manifest, and the libraries that it refers to. */
function moduleOf(folder, name, text) {
  const module = path.join(folder, name);
  mkdirSync(path.join(module, 'node_modules'), { recursive: true });
  writeFileSync(path.join(module, '.jsii'), text);
  const { dependencies, version } = JSON.parse(text);
  writeFileSync(
    path.join(module, 'package.json'),
    JSON.stringify({ name: 'cdk-eu-residency', version, jsii: {}, peerDependencies: dependencies }),
  );
  for (const library of Object.keys(dependencies)) {
    symlinkSync(path.join(root, 'node_modules', library), path.join(module, 'node_modules', library));
  }
  return module;
}

const folder = mkdtempSync(path.join(tmpdir(), 'api-diff-'));
try {
  const now = moduleOf(folder, 'now', assembly());
  const releases = readdirSync(RELEASES, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && /^\d/.test(entry.name),
  );
  for (const { name } of releases) {
    const then = moduleOf(folder, name, readFileSync(path.join(RELEASES, name, 'api.jsii'), 'utf8'));
    // Everything is experimental until 1.0, and held to the same rules all the same.
    runTool('jsii-diff', ['--error-on', 'all', then, now], folder);
    console.log(`the public API is compatible with ${name}`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
