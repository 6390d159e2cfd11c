import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importsOf } from '@/scripts/modules/imports';
import { MODULES } from '@/scripts/modules/modules';
import { WALKTHROUGHS } from '@/scripts/modules/walkthroughs';
import { codePage, layerOf } from '@/scripts/pages/code-page';

const ROOT = path.join(__dirname, '../..');

test('docs/CODE.md matches the table of modules; after a change: npm run docs', () => {
  expect(readFileSync(path.join(ROOT, codePage.file), 'utf8')).toBe(codePage.render());
});

test('a module is in a higher layer than all that it may import', () => {
  for (const module of MODULES) {
    for (const used of module.uses) {
      const below = MODULES.find(({ path: name }) => name === used);
      expect(below && layerOf(below)).toBeLessThan(layerOf(module));
    }
  }
});

/** Every file that a file imports, directly or through others. */
function reachedFrom(file: string, seen = new Set<string>()): Set<string> {
  for (const target of importsOf(file).files) if (!seen.has(target)) reachedFrom(target, seen.add(target));
  return seen;
}

test.each(WALKTHROUGHS.map(({ title, steps }): [string, string[]] => [title, steps.map(({ file }) => file)]))(
  'each file of the walkthrough "%s" exists, and the first one reaches it',
  (_, [first = '', ...rest]) => {
    expect(rest.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
    const reached = reachedFrom(first);
    expect(rest.filter((file) => !reached.has(file))).toEqual([]);
  },
);
