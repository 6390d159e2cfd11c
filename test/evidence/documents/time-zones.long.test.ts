import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Prints the digest of all documents. */
const PROGRAM = `
const { createHash } = require('node:crypto');
const { documents } = require('./lib/evidence/documents/documents');
const { EVIDENCE } = require('./test/evidence/documents/evidence-fixture');
const hash = createHash('sha256');
for (const { name, html, odt } of documents(EVIDENCE, { language: 'de' })) hash.update(name).update(html).update(odt);
console.log(hash.digest('hex'));
`;

const digestIn = (TZ: string): string =>
  execFileSync(process.execPath, ['--import', 'tsx', '-e', PROGRAM], {
    cwd: path.join(__dirname, '../../..'),
    env: { ...process.env, TZ },
    encoding: 'utf8',
  });

test('the same evidence gives the same bytes, in any time zone', () => {
  const digests = ['UTC', 'Pacific/Kiritimati', 'America/Anchorage'].map(digestIn);
  expect(digests[0]).toMatch(/^[0-9a-f]{64}\n$/);
  expect(new Set(digests).size).toBe(1);
});
