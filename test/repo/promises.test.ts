import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { namesIn } from './named-tests';
import { NOT_PROMISES } from './not-promises';
import { statementsOf } from './statements';

const ROOT = path.join(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const PAGE = read('docs/PROMISES.md');
const NAMED = /`(test\/[^`]+\.test\.ts)`: `([^`]+)`/g;

/** Pages whose promises each name a test, with the heading of their table in `docs/PROMISES.md`. */
const PAGES = [
  ['README.md', 'Tests of README.md'],
  ['docs/WORKSPACES.md', 'Tests of WORKSPACES.md'],
] as const;

/** The rows of a page's table: a promise in the words of the page, and its tests. */
const rowsUnder = (heading: string): { readonly promise: string; readonly tests: string }[] => {
  const [, section = ''] = PAGE.split(`## ${heading}\n`);
  return [...(section.split(/^## /m)[0] ?? '').matchAll(/^\| (.+) \| (`test\/.+) \|$/gm)].map(
    ([, promise = '', tests = '']) => ({ promise: promise.replaceAll(/ \\\|(?= |$)/g, ' |'), tests }),
  );
};

/** The start of a statement, and a digest of the whole, by which a change is noticed. */
const entryOf = (text: string): string =>
  `${text.slice(0, 48).trim()} #${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;

const HOW =
  'If it is a promise, docs/PROMISES.md needs a row with it and with a test that fails if it breaks; ' +
  'otherwise test/repo/not-promises.ts needs the line';

/** Every table of promises; the last has promises that no page states sentence by sentence. */
const HEADINGS = [...PAGES.map(([, heading]) => heading), 'Tests of the constructs of a perimeter'];

describe.each(PAGES)('%s', (file, heading) => {
  const statements = [...new Set(statementsOf(read(file)).map(({ text }) => text))];
  const rows = rowsUnder(heading);
  const notPromises = new Set(NOT_PROMISES[file]);

  test('each statement names a test or is listed as no promise', () => {
    const promised = new Set(rows.map(({ promise }) => promise));
    const without = statements.filter((text) => !promised.has(text) && !notPromises.has(entryOf(text)));
    expect(without.map((text) => `${text} ← ${HOW} ${JSON.stringify(entryOf(text))}`)).toEqual([]);
  });

  test('each row and each entry is still a statement of the page, and no statement is both', () => {
    const [texts, entries] = [new Set(statements), new Set(statements.map(entryOf))];
    expect(rows.filter(({ promise }) => !texts.has(promise)).map(({ promise }) => promise)).toEqual([]);
    expect([...notPromises].filter((entry) => !entries.has(entry))).toEqual([]);
    expect(rows.filter(({ promise }) => notPromises.has(entryOf(promise)))).toEqual([]);
    expect(rows.map(({ promise }) => promise)).toEqual([...new Set(rows.map(({ promise }) => promise))]);
  });
});

describe.each(HEADINGS)('%s', (heading) => {
  const rows = rowsUnder(heading);

  test('has rows', () => {
    expect(rows.length).toBeGreaterThan(0);
  });

  test('each named test exists, and none is skipped', () => {
    const inFiles = new Map<string, ReadonlySet<string>>();
    const namesOf = (where: string) => {
      const known = inFiles.get(where) ?? (existsSync(path.join(ROOT, where)) ? namesIn(read(where)) : new Set());
      inFiles.set(where, known);
      return known;
    };
    const missing = rows.flatMap(({ promise, tests }) => {
      const named = [...tests.matchAll(NAMED)].map(([, where = '', name = '']) => ({ where, name }));
      const text = named.map(({ where, name }) => `\`${where}\`: \`${name}\``).join('<br>');
      if (text !== tests) return [`${promise}: write its tests as \`FILE\`: \`TITLE\`, joined by <br>`];
      return named
        .filter(({ where, name }) => !namesOf(where).has(name))
        .map(({ where, name }) => `${where} has no test '${name}'`);
    });
    expect(missing).toEqual([]);
  });
});

test.each([
  ['a sentence of its own', 'One is here. Two are there.', ['One is here.', 'Two are there.']],
  ['code after a sentence', 'It runs. `npx x` prints.', ['It runs.', '`npx x` prints.']],
  ['a bold beginning', '**Known limit.** It ends.', ['Known limit. It ends.']],
  ['an item', 'Two:\n\n- One\n  line.\n- Other.', ['Two:', 'One line.', 'Other.']],
  ['a row', '| a | b |\n|---|---|\n| c | [d](e) |', ['c | d']],
  ['no heading, code or image', '# Title\n\n```sh\nRun. It.\n```\n![An\nimage](x.svg)', []],
])('%s is a statement', (_, page, expected) => {
  expect(statementsOf(page).map(({ text }) => text)).toEqual(expected);
});
