import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PAGES, ROOT } from './blocks';

test.each(PAGES)('each row of a table in %s is one line', (page) => {
  const text = readFileSync(path.join(ROOT, page), 'utf8').replace(/^ *```.*?^ *```$/gms, '');
  const broken = text.split('\n').filter((line) => /^\s*\|/.test(line) && !/\|\s*$/.test(line));
  expect(broken).toEqual([]);
});
