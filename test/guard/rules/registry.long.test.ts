import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { META_RULES } from '@/lib/guard/rule/meta-rules';
import { RULES } from '@/lib/guard/rules';
import { commandPage } from '@/scripts/pages/command-page';
import { rulesPage } from '@/scripts/pages/rules-page';

const read = (file: string) => readFileSync(path.join(__dirname, '../../..', file), 'utf8');

const RULE_FILES = readdirSync(path.join(__dirname, '../../../lib/guard/rules'))
  .filter((file) => !['index.ts', 'rule.ts'].includes(file))
  .map((file) => path.basename(file, '.ts'));

test('every rule file is registered under its own name', () => {
  expect(RULES.map((rule) => rule.id).sort()).toEqual(RULE_FILES.sort());
});

test.each(RULE_FILES)('%s has a test', (id) => {
  expect(existsSync(path.join(__dirname, `${id}.test.ts`))).toBe(true);
});

test.each(RULES.map((rule) => [rule.id, rule] as const))(
  '%s states its requirement, its reason and its fix',
  (id, rule) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.why).toMatch(/^[A-Z].*\.$/);
    expect(rule.fix).toMatch(/^[A-Z].*\.$/);
    expect(rule.source).toMatch(/^https:\/\//);
  },
);

test.each([...RULES, ...META_RULES].map(({ id }) => id))('%s has a page', (id) => {
  expect(read(rulesPage.file)).toContain(`\n## ${id}\n`);
});

test("a meta rule's id isn't a rule", () => {
  expect(RULES.filter(({ id }) => META_RULES.some((own) => own.id === id))).toEqual([]);
});

test.each([[rulesPage], [commandPage]])('$file is current', ({ file, render }) => {
  expect(read(file)).toBe(render());
});
