// Takes the lines that name a source map out of what is published: the maps stay here, and a tool that looks for one that isn't
// there warns of each file.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist');
for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith('.js')) continue;
  const file = path.join(entry.parentPath, entry.name);
  const code = readFileSync(file, 'utf8');
  const without = code.replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n');
  if (without !== code) writeFileSync(file, without);
}
