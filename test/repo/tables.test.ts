import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGES, ROOT } from './blocks';

const linesOf = (page: string) =>
  readFileSync(path.join(ROOT, page), 'utf8')
    .replace(/^ *```.*?^ *```$/gms, '')
    .split('\n');
const isRow = (line = '') => /^\s*\|/.test(line);
const cellsOf = (line: string) => line.match(/(?<!\\)\|/g)?.length;

test.each(PAGES)('each row of a table in %s is one line', (page) => {
  const broken = linesOf(page).filter((line) => isRow(line) && !/\|\s*$/.test(line));
  expect(broken).toEqual([]);
});

// A row after an empty line is shown as text, and a cell without a heading isn't shown.
test.each(PAGES)('each row of a table in %s is below a heading, with as many cells', (page) => {
  const lines = linesOf(page);
  const broken = lines.filter((line, at) => {
    if (!isRow(line)) return false;
    const heading = lines.findLastIndex((each, before) => before < at && !isRow(each)) + 1;
    return !/^\s*\|[\s:|-]+$/.test(lines[heading + 1] ?? '') || cellsOf(line) !== cellsOf(lines[heading] ?? '');
  });
  expect(broken).toEqual([]);
});
