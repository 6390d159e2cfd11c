import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CRITERIA } from '@/lib/evidence/core/criteria';
import { META_RULES } from '@/lib/guard/rule/meta-rules';
import { evidencePage } from '@/scripts/pages/evidence-page';

const ROOT = path.join(__dirname, '../../..');
const CORE = path.join(ROOT, 'lib/evidence/core');

test('docs/EVIDENCE.md is current', () => {
  expect(readFileSync(path.join(ROOT, evidencePage.file), 'utf8')).toBe(evidencePage.render());
});

test('every criterion in the code is explained or a rule, and every explained one is in the code', () => {
  const used = readdirSync(CORE)
    .filter((file) => file !== 'criteria.ts')
    .flatMap((file) => [
      ...readFileSync(path.join(CORE, file), 'utf8').matchAll(/(?:criterion(?: =|:)|[pP]laceVerdict\() ?'([^']+)'/g),
    ])
    .map(([, criterion]) => `${criterion}`);
  const rules = META_RULES.map(({ id }) => id);
  const explained = new Set(used.filter((criterion) => !rules.includes(criterion)));
  expect([...explained].sort()).toEqual(Object.keys(CRITERIA).sort());
});
