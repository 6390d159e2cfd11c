import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const page = readFileSync(path.join(ROOT, 'docs/REAL-AWS.md'), 'utf8');
const entries = page
  .split(/^### /m)
  .slice(1)
  .map((text) => ({ id: /^[FL]\d+(?=: )/.exec(text)?.[0], text }));
const tests = entries.flatMap(({ id, text }) =>
  [...text.matchAll(/^- `([^`]+)`: `([^`]+)`$/gm)].map(([, file = '', name = '']) => [id, file, name] as const),
);

/** Whether a text is the name of a test, a group of tests, or a row of a table of tests. */
const hasName = (code: string, name: string) =>
  ["'", '"'].some((quote) => code.includes(`${quote}${name.replaceAll(quote, `\\${quote}`)}${quote}`));

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
  expect(existsSync(full) && hasName(readFileSync(full, 'utf8'), name)).toBe(true);
});

test('a name that no test has is found', () => {
  expect(hasName("test('one', () => {});", 'another')).toBe(false);
  expect(hasName('test("the owner\'s", () => {});', "the owner's")).toBe(true);
});
