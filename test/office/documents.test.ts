import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { documentTrees } from '@/lib/evidence/documents/document-trees';
import { odt } from '@/lib/evidence/odt/odt';
import type { Content, Inline } from '@/lib/evidence/tree/tree';
import { DOCUMENT_LANGUAGES } from '@/lib/evidence/words/languages';
import { EVIDENCE, model } from '@/test/evidence/documents/evidence-fixture';
import { NAMES } from './names';
import { headingsIn, opened, tablesIn } from './office';

jest.setTimeout(300_000);

const folder = mkdtempSync(path.join(tmpdir(), 'office-'));
afterAll(() => rmSync(folder, { recursive: true }));

const evidence = { ...EVIDENCE, models: NAMES.map((name) => model(name, ['eu-central-1'], 'nothing')) };
const trees = DOCUMENT_LANGUAGES.flatMap((language) => documentTrees(evidence, { language, reviewedBy: NAMES.join() }));

const files = trees.map(({ name, tree }) => {
  const file = path.join(folder, `${name}.odt`);
  writeFileSync(file, odt(tree));
  return file;
});

const shown = (inline: Inline) =>
  typeof inline === 'string' ? inline : inline.kind === 'field' ? `[${inline.text}]` : inline.text;
const textOf = (content: Content) => content.map(shown).join('');

test('LibreOffice opens each document, and has the same headings and cells', () => {
  expect(trees).toHaveLength(24);
  const texts = opened(files, folder, 'fodt');
  trees.forEach(({ name, tree }, nth) => {
    const xml = texts[nth] ?? '';
    const tables = tree.blocks.flatMap((block) =>
      block.kind === 'table' ? [[block.head, ...block.rows.map((row) => row.map(textOf))]] : [],
    );
    const headings = tree.blocks.flatMap((block) => (block.kind === 'heading' ? [[block.level, block.text]] : []));
    expect({ name, tables: tablesIn(xml) }).toEqual({ name, tables });
    expect({ name, headings: headingsIn(xml) }).toEqual({ name, headings: [[1, tree.title], ...headings] });
  });
});
