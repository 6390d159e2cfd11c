import { readFileSync } from 'node:fs';
import path from 'node:path';
import { read } from './support/release';

const now = (name: string) =>
  readFileSync(path.join(__dirname, `../../docs/api/${name}.api.md`), 'utf8').split(/\r?\n/);

/** What an app can use: exports and their members, each a line of a report. */
const declarations = (report: string) => report.split(/\r?\n/).filter((line) => /^(?:export| {4})/.test(line));

test.each(['nag', 'testing'])('the entry %s has what it exported in 0.1.0', (name) => {
  // A type can have moved a member to one that it extends, which may be of the main entry.
  const lines = [...now(name), ...now('main')];
  const has = (line: string) =>
    lines.some((each) => each === line || each.startsWith(line.replace(/^(export interface \w+) \{$/, '$1 extends ')));
  const before = declarations(read(`${name}.api.md`));
  expect(before.length).toBeGreaterThan(5);
  expect(before.filter((line) => !has(line))).toEqual([]);
});
