import path from 'node:path';
import { hitsIn, refusedWords, writtenFiles } from '@/scripts/words/hits';
import { REFUSED_WORDS } from '@/scripts/words/words';

const ROOT = path.join(__dirname, '../..');

test('no file has a word that needs an explanation', () => {
  const hits = refusedWords(ROOT).map(
    ({ file, line, token, replacement }) => `${file}:${line}: ${token} -> ${replacement}`,
  );
  expect(hits).toEqual([]);
});

test('every exemption is used', () => {
  const files = writtenFiles(ROOT);
  expect(files.length).toBeGreaterThan(1_000);
  const unexempt = REFUSED_WORDS.map(({ exempt: _, ...word }) => word);
  const found = new Set(refusedWords(ROOT, unexempt).flatMap(({ token, literal }) => [token, literal]));
  const unused = REFUSED_WORDS.flatMap(({ exempt = {} }) => Object.keys(exempt)).filter(
    (entry) => !found.has(entry.split(':').at(-1) ?? ''),
  );
  expect(unused).toEqual([]);
});

test.each([
  ['a sentence', '// Somebody mends it.', ['Somebody', 'mends']],
  ['a part of an identifier', 'const newSighting = 1;', ['newSighting']],
  ['a constant', 'const VAULT_KEY = 1;', ['VAULT_KEY']],
  ['a name that is plain English in a sentence', '// The trail was kept in the vault.', []],
  ['a deployed name', "const actor = 'witness';", []],
  ['a longer word', 'const attended = 1;', []],
])('%s is read as its words', (_, text, tokens) => {
  expect(hitsIn('lib/runtime/example.ts', 1, text).map(({ token }) => token)).toEqual(tokens);
});
