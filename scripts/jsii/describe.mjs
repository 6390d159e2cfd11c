// Describes the public API of a build to other languages: writes `.jsii`, and names each class of the build after its type in it, by
// which objects keep their types when they pass from one language to another.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { assembly } from './assembly.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');

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
