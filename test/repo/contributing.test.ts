import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES } from '@/lib/guard/rules';

const ROOT = path.join(__dirname, '../..');
const PAGE = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const quoted = [...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text ?? '');
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

test('each file and folder in the steps of CONTRIBUTING exists, for every rule', () => {
  const named = quoted.filter((text) => /^(?:lib|test|docs|scripts|\.ci)\//.test(text));
  expect(named.length).toBeGreaterThan(12);
  const missing = named.flatMap((text) =>
    (text.includes('<id>') ? RULES.map(({ id }) => text.replace('<id>', id)) : [text]).filter(
      (file) => !existsSync(path.join(ROOT, file)),
    ),
  );
  expect(missing).toEqual([]);
});

test('each npm script in the steps of CONTRIBUTING exists', () => {
  const run = [...PAGE.matchAll(/npm (?:run )?([\w:-]+)/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'ci');
  expect(run.length).toBeGreaterThan(8);
  expect(run.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('every rule has the parts that CONTRIBUTING lists', () => {
  const [, list = ''] = /one object with ([^.]+)\./.exec(PAGE) ?? [];
  const parts = [...list.matchAll(/`(\w+)`/g)].map(([, part]) => part as keyof (typeof RULES)[number]);
  expect(parts).toHaveLength(7);
  for (const rule of RULES) expect(Object.keys(rule)).toEqual(expect.arrayContaining(parts));
});

test('the file that CONTRIBUTING names for the key of a destination contains those keys', () => {
  const [, file = ''] = /`([^`]+)`: its key under `models\[\]\.destinations\[\]`/.exec(PAGE) ?? [];
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  for (const key of ['bedrock', 'openai', 'server']) expect(text).toMatch(new RegExp(`^ +${key}: `, 'm'));
});
