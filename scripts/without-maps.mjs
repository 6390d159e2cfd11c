// Removes the source map references from the published files. The maps aren't published, and tools warn about each missing one.
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
