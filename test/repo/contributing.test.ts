import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES } from '@/lib/guard/rules';

const ROOT = path.join(__dirname, '../..');
const PAGE = readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8');
const quoted = [...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text ?? '');
const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

test('each file and folder that its steps name is there, for a rule as for any', () => {
  const named = quoted.filter((text) => /^(?:lib|test|docs|scripts|\.ci)\//.test(text));
  expect(named.length).toBeGreaterThan(12);
  const missing = named.flatMap((text) =>
    (text.includes('<id>') ? RULES.map(({ id }) => text.replace('<id>', id)) : [text]).filter(
      (file) => !existsSync(path.join(ROOT, file)),
    ),
  );
  expect(missing).toEqual([]);
});

test('each script that its steps run is there', () => {
  const run = [...PAGE.matchAll(/npm (?:run )?([\w:-]+)/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'ci');
  expect(run.length).toBeGreaterThan(8);
  expect(run.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('each part of a rule that its steps name is one that every rule has', () => {
  const [, list = ''] = /one object with ([^.]+)\./.exec(PAGE) ?? [];
  const parts = [...list.matchAll(/`(\w+)`/g)].map(([, part]) => part as keyof (typeof RULES)[number]);
  expect(parts).toHaveLength(7);
  for (const rule of RULES) expect(Object.keys(rule)).toEqual(expect.arrayContaining(parts));
});

test('the file that its steps name for the key of a destination is where the keys of destinations are', () => {
  const [, file = ''] = /`([^`]+)`: its key under `models\[\]\.destinations\[\]`/.exec(PAGE) ?? [];
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  for (const key of ['bedrock', 'openai', 'server']) expect(text).toMatch(new RegExp(`^ +${key}: `, 'm'));
});
