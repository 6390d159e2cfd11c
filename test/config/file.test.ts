import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '@/lib/config/load';
import { ConfigError } from '@/lib/config/read/config-error';
import { linesFrom } from './support';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'residency-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const write = (name: string, content: string | Buffer) => {
  const file = path.join(directory, name);
  writeFileSync(file, content);
  return file;
};
const lines = (file: string) => linesFrom(() => loadConfig(file)).map((line) => line.replace(directory, ''));

test('a missing file is refused', () => {
  const [line] = lines(path.join(directory, 'none.yaml'));
  expect(line).toBe(
    "/none.yaml: there is no such file; name another one, or create it; the smallest content is 'boundary: eu'",
  );
});

test('a directory is refused', () => {
  mkdirSync(path.join(directory, 'folder'));
  expect(lines(path.join(directory, 'folder'))).toEqual(['/folder: is a directory; name the file in it']);
});

test('a path through a file is refused', () => {
  const file = write('plain', '');
  expect(lines(`${file}/x`)).toEqual(['/plain/x: uses a file as a directory']);
});

test('an impossible file name is refused', () => {
  expect(linesFrom(() => loadConfig('a\0b'))).toEqual(["a\\u0000b: isn't the name of a file"]);
  expect(linesFrom(() => loadConfig(''))).toEqual(["'': isn't the name of a file"]);
});

test('a file without read permission is refused', () => {
  const file = write('secret.yaml', 'boundary: eu\n');
  chmodSync(file, 0o000);
  // Who runs as root may read it all the same.
  const expected = process.getuid?.() === 0 ? [] : ["/secret.yaml: can't be read: permission denied"];
  expect(lines(file)).toEqual(expected);
});

test.each([
  ['Latin-1', Buffer.from('boundary: eu\nname: x\norganisation: { name: Universit\xe9 }\n', 'latin1'), 3],
  ['UTF-16', Buffer.from('\ufeffboundary: eu\n', 'utf16le'), 1],
])('a file in %s is refused', (name, content, line) => {
  const file = write(`${name}.yaml`, content);
  expect(lines(file)).toEqual([`/${name}.yaml:${line}: found bytes that aren't UTF-8; save the file as UTF-8`]);
});

test('a byte order mark does not shift columns', () => {
  expect(lines(write('bom.yaml', '\ufeffboundary: EU\n'))).toEqual([
    expect.stringMatching(/^\/bom.yaml:1:11: boundary: /),
  ]);
});

test('a file that is not YAML is refused', () => {
  const file = write('big.yaml', Buffer.alloc(256 * 1024 + 1, '#'));
  expect(lines(file)).toEqual(['/big.yaml: found 262145 bytes; the maximum for a configuration is 262144']);
});

test('an error contains its mistakes as data', () => {
  const file = write('two.yaml', 'boundary: EU\nnam: x\n');
  let mistakes: unknown;
  try {
    loadConfig(file);
  } catch (error) {
    mistakes = error instanceof ConfigError && error.name === 'ConfigError' ? error.mistakes : undefined;
  }
  expect(mistakes).toEqual([
    { file, line: 1, column: 11, path: 'boundary', text: expect.stringContaining("did you mean 'eu'?") },
    { file, line: 2, column: 1, path: 'nam', text: expect.stringContaining("did you mean 'name'?") },
  ]);
});
