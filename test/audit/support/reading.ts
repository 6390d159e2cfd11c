import { writeFileSync } from 'node:fs';

/**
 * Writes a program that only reads a bundle, as each audit must: it unzips each file, parses each line of the ledger and each file of events,
 * and hashes each line twice, for its leaf and for a node above it. Other work on the machine slows it as much as an audit.
 */
export function writeReading(file: string): void {
  writeFileSync(
    file,
    `const { hash } = require('node:crypto');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { gunzipSync } = require('node:zlib');
const folder = process.argv[2];
let read = 0;
for (const { parentPath, name } of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!name.endsWith('.gz')) continue;
  const bytes = gunzipSync(readFileSync(join(parentPath, name)));
  hash('sha256', bytes, 'hex');
  if (!name.endsWith('.ndjson.gz')) {
    read += JSON.parse(bytes.toString()).Records?.length ?? 0;
    continue;
  }
  for (const line of bytes.toString().split('\\n')) {
    if (line === '') continue;
    read += JSON.parse(line).salt === undefined ? 0 : 1;
    hash('sha256', Buffer.from(line), 'hex');
    hash('sha256', Buffer.alloc(65), 'hex');
  }
}
process.stdout.write(String(read));
`,
  );
}
