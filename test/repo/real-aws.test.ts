import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { namesIn } from './named-tests';

const ROOT = path.join(__dirname, '../..');
const page = readFileSync(path.join(ROOT, 'docs/REAL-AWS.md'), 'utf8');
const entries = page
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ id: /^[FL]\d+(?=: )/.exec(text)?.[0], text }));
const tests = entries.flatMap(({ id, text }) =>
  [...text.matchAll(/^- `([^`]+)`: `([^`]+)`$/gm)].map(([, file = '', name = '']) => [id, file, name] as const),
);

test('each finding has an entry', () => {
  const found = Array.from({ length: 10 }, (_, n) => `F${n + 1}`);
  const likely = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12].map((n) => `L${n}`);
  expect(entries.map(({ id }) => id)).toEqual([...found, ...likely]);
});

test.each(entries.map(({ id, text }) => [id, text]))('%s names a test on each line of its list', (_, text = '') => {
  const lines = text.split('\n').filter((line) => line.startsWith('- '));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => !/^- `test\/[^`]+\.test\.ts`: `[^`]+`$/.test(line))).toEqual([]);
});

test.each(tests)('%s: %s has the test ‘%s’', (_, file, name) => {
  const full = path.join(ROOT, file);
  expect(existsSync(full) && namesIn(readFileSync(full, 'utf8')).has(name)).toBe(true);
});

test.each([
  ['a test', "test('one', () => {});", true],
  ['a test with another quote', `test("one", () => {});`, true],
  ['a group', "describe('one', () => {});", true],
  ['a table of tests', "test.each<[string]>([\n  ['a'],\n])('one', () => {});", true],
  ['a row', "test.each([\n  [\n    'one',\n    1,\n  ],\n])('%s', () => {});", true],
  ['another test', "test('another', () => {});", false],
  ['a part of a name', "test('one more', () => {});", false],
  ['a comment', "// test('one', () => {});\n/* ['one'] */", false],
  ['a skipped test', "test.skip('one', () => {});", false],
  ['a skipped table', "test.skip.each([['one']])('%s', () => {});", false],
  ['a skipped group', "describe.skip('all', () => {\n  test('one', () => {});\n});", false],
  ['a row of a named table', "const ROWS = [['one', 1]] as const;\ntest.each(ROWS)('%s', () => {});", true],
  ['a row of an array that no table is', "const ROWS = [['one', 1]];\ntest('another', () => {});", false],
  ['a later column', "test.each([['another', 'one']])('%s', () => {});", false],
  ['a table in a test', "test('another', () => expect([['one']]).toEqual(all));", false],
  ['another value', "const code = 'one'; expect(code).toBe('one');", false],
])('%s', (_, code, has) => expect(namesIn(code).has('one')).toBe(has));

test('a quote in a name is found', () =>
  expect(namesIn("test('the owner\\'s', () => {});").has("the owner's")).toBe(true));

test('no name is only a number, which other text has too', () => {
  expect(tests.filter(([, , name]) => /^\d+$/.test(name))).toEqual([]);
});
