import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { allPages } from '@/lib/guard/report/rule-page';

const LIB = path.join(__dirname, '../../../lib');
const reported = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [
    ...readFileSync(path.join(LIB, file), 'utf8').matchAll(/metaFinding\(\s*'([a-z-]+)',\s*'(block|unresolved|info)'/g),
  ])
  .map(([, rule = '', level = '']) => [rule, level]);
const pages = new Map(allPages().map((page) => [page.id, page]));

test('the levels of each rule about the guard are found', () =>
  expect(reported).toEqual(
    expect.arrayContaining([
      ['egress-differs', 'block'],
      ['guard-failed', 'unresolved'],
    ]),
  ));

test.each(reported)("the page of %s states '%s', which it reports", (rule, level) =>
  expect(pages.get(rule)?.level.split(/[;,]? /)).toContain(level),
);

test('the page of a rule of a minor version says so', () => expect(pages.get('egress-differs')?.since).toBe('0.2.0'));
