import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEPRECATED } from '../../lib/config/model/deprecated';
import { ANNOUNCED } from '../../lib/guard/rule/since';
import { TESTED } from '../release/tested-range';
import type { Page } from './page';

const FILE = 'docs/RELEASES.md';

/** The tables of the page, by their first line. */
const TABLES: readonly (readonly string[])[] = [
  [
    '| | lowest | newest |',
    '|---|---|---|',
    ...TESTED.map(({ name, lowest, newest }) => `| ${name} | ${lowest} | ${newest} |`),
  ],
  [
    '| deprecated | warns since | removed in | instead |',
    '|---|---|---|---|',
    ...DEPRECATED.map(({ name, since, removedIn, instead }) => `| ${name} | ${since} | ${removedIn} | ${instead} |`),
  ],
  [
    '| new rule | blocks from |',
    '|---|---|',
    ...Object.entries(ANNOUNCED).map(([rule, version]) => `| [${rule}](RULES.md#${rule}) | ${version} |`),
    ...(Object.keys(ANNOUNCED).length === 0 ? ['| none | |'] : []),
  ],
];

/** `docs/RELEASES.md` with its tables as the code has them. */
export const releasesPage: Page = {
  file: FILE,
  render: () =>
    TABLES.reduce((page, table) => withTable(page, table), readFileSync(path.join(__dirname, '../..', FILE), 'utf8')),
};

function withTable(page: string, table: readonly string[]): string {
  const start = page.indexOf(`\n${table[0]}\n`);
  if (start < 0) throw new Error(`${FILE}: there is no table with the first line '${table[0]}'; restore that line`);
  const end = page.indexOf('\n\n', start + 1);
  return `${page.slice(0, start)}\n${table.join('\n')}${page.slice(end)}`;
}
