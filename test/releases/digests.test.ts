import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { filesIn, RELEASE, readJson } from './support/release';

const RELEASES = readdirSync(__dirname).filter((name) => /^\d/.test(name) && !name.endsWith('.sha256'));
const digestOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

test('there are releases', () => expect(RELEASES).toContain('0.1.0'));

test.each(RELEASES)('nobody has edited what %s deployed and stored', (name) => {
  const folder = path.join(__dirname, name);
  const lines = filesIn('.', folder).map((file) => `${digestOf(readFileSync(path.join(folder, file)))}  ${file}`);
  // As `sha256sum` writes it, so that it can be compared without Node.
  expect(lines.join('\n')).toBe(readFileSync(`${folder}.sha256`, 'utf8').trimEnd());
});

test('the bundles of 0.1.0 are complete', () => {
  const manifest =
    readJson<Record<string, { readonly bytes: number; readonly sha256: string }>>('bundles/manifest.json');
  const found = filesIn('bundles').flatMap((file) => {
    const [, name] = /^bundles\/(.*)\.br$/.exec(file) ?? [];
    if (name === undefined) return [];
    const content = brotliDecompressSync(readFileSync(path.join(RELEASE, file)));
    return [[name, { bytes: content.length, sha256: digestOf(content) }]];
  });
  expect(Object.fromEntries(found)).toEqual(manifest);
});
