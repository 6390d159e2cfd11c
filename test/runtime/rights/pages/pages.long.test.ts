import fc from 'fast-check';
import type { Html } from '@/lib/html/html';
import { escaped, visible } from '@/lib/html/visible';
import { folderPage } from '@/lib/runtime/rights/pages/folder-page';
import { indexPage, type ListedFile } from '@/lib/runtime/rights/pages/index-page';
import { piecesOfPage } from '@/lib/runtime/rights/pages/pieces';
import { textPieces } from '@/lib/runtime/rights/pages/text';
import { valuePieces } from '@/lib/runtime/rights/pages/value';
import { HOSTILE } from './hostile';

const textOf = (page: Iterable<Html>) => [...page].join('');
const pageOf = (folder: string, ...lines: object[]) =>
  textOf(
    folderPage(
      folder,
      '000001',
      lines.map((line) => `${JSON.stringify(line)}\n`),
    ),
  );
const item = (text: string, more: object = {}) => ({
  in: 'conv_1',
  seq: 3,
  at: '2026-11-24T00:00:00.000Z',
  generated: false,
  item: { id: 'msg_1', type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  ...more,
});

/** What a browser shows of HTML: its text without elements. */
const shown = (page: string) =>
  page
    .replace(/<[^>]*>/g, '')
    .replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_, name) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name as 'lt'],
    );

/** A text as a page shows it. */
const visibly = (text: string) =>
  text
    .replace(/\r\n/g, '\n')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (one) => ('\n\t'.includes(one) ? one : escaped(one)));

const ELEMENTS =
  /^<(!doctype html|html lang="en"|meta [^<>]*|title|style|a href="[^"<>]*"|th scope="col"|article class="generated"|span class="text"|(head|body|header|main|section|article|h1|h2|p|strong|dl|div|dt|dd|ol|li|i|table|thead|tbody|tr|td|code|span)|\/\w+)>$/;
const elementsOf = (page: string) => page.replace(/<style>.*?<\/style>/s, '').match(/<[^>]*>/g) ?? [];
const strange = (page: string) => elementsOf(page).filter((element) => !ELEMENTS.test(element));

test.each(Object.entries(HOSTILE))('%s stays text, wherever it stands', (_, text) => {
  const pages = {
    conversations: pageOf('conversations', { id: text, metadata: { [text]: text } }),
    items: pageOf('items', item(text), { ...item(text), in: text, item: { role: text, [text]: text } }),
    files: pageOf('files', { id: 'file-1', name: text, file: 'files/file-1' }),
    prompts: pageOf('prompts', { id: 'pmpt_1', name: text }),
    records: pageOf('records', { record: text, [text]: text }),
    unknown: pageOf(text, { [text]: [text] }),
    contents: textOf(
      indexPage({ id: text, workspace: text, user: text, requestedAt: text, marks: text }, [
        { name: `${text}/1.jsonl`, bytes: 1, lines: 1, sha256: text },
        { name: text, bytes: 1, lines: 0, sha256: text },
      ]),
    ),
  };
  for (const [name, page] of Object.entries(pages)) {
    expect([name, strange(page), page.includes('Forged</h1>')]).toEqual([name, [], false]);
    expect(page).not.toMatch(/<script|<img|<iframe|<base/i);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u2028\u202e\u2066\ud800-\udfff]/);
  }
  expect(shown(pages.items)).toContain(visibly(text));
});

test('a page says all of its lines, whatever is in them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })), { maxLength: 3 }),
      (lines) => {
        for (const folder of ['responses', 'records']) {
          const page = pageOf(folder, ...lines);
          expect(strange(page)).toEqual([]);
          const text = shown(page);
          for (const leaf of lines.flatMap(leavesOf)) expect(text).toContain(visibly(leaf));
        }
      },
    ),
  );
});

/** All texts and names of a value, down to where JSON is shown. */
function leavesOf(value: unknown, depth = 0): string[] {
  if (typeof value !== 'object' || value === null) return value === null ? [] : [String(value)];
  if (depth >= 8 && Object.keys(value).length > 0) return [JSON.stringify(value)];
  const inner = Object.values(value).flatMap((one) => leavesOf(one, depth + 1));
  // Names are shown on one line.
  return Array.isArray(value) ? inner : [...Object.keys(value).map(visible), ...inner];
}

test('what is nested deeply is shown as JSON, and no depth ends the stack', () => {
  let value: unknown = 'innermost';
  for (let depth = 0; depth < 2_000; depth++) value = [value];
  const page = textOf(valuePieces(value));
  expect(strange(page)).toEqual([]);
  expect(page).toContain('[[[&quot;innermost&quot;]]]');
});

test('a page permits no script and no request, and has a title and a way back', () => {
  const page = pageOf('items', item('hello'));
  expect(page).toMatch(
    /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-[^"]+=&#39;; base-uri/,
  );
  expect(page).toContain('<title>Items 000001</title>');
  expect(page).toContain('<a href="../index.html">');
  expect(page).toContain('<h2>conv_1, 3: user</h2>');
});

test('an item that a model generated says so', () => {
  expect(pageOf('items', item('x'))).not.toContain('Generated by a model');
  expect(pageOf('items', item('x', { generated: true }))).toContain('<strong>Generated by a model</strong>');
});

test('lines with other fields begin another table', () => {
  const page = pageOf('usage', { day: 'a', tokens: 1 }, { day: 'b', tokens: 2 }, { day: 'c', tokens: 3, more: 4 });
  expect(page.match(/<th scope="col">\w+/g)).toHaveLength(5);
  expect(page.match(/<td>/g)).toHaveLength(7);
  expect(page.match(/<table>/g)).toHaveLength(page.match(/<\/table>/g)?.length ?? 0);
});

test('slices of a long text are those of the whole', () => {
  const unit = `${'x'.repeat(8_190)}😀\r\n<&\u202e`;
  const text = unit.repeat(20);
  expect(shown(textOf(textPieces(text)))).toBe(visibly(text));
});

test('the contents link to each page, and to no file that was sent', () => {
  const named = (name: string, lines: number): ListedFile => ({ name, bytes: 5, lines, sha256: 'ab'.repeat(32) });
  const files = [
    named('items/000001.jsonl', 16),
    named('items/000001.html', 0),
    // As version 0.1.0 began it.
    named('prompts/000002.jsonl', 1),
    named('items/000003.jsonl', 2),
    named('items/000003.html', 0),
    named('files/file-1', 0),
  ];
  const head = { id: 'export_1', workspace: 'sciences', user: 'ada', requestedAt: 'today', marks: 'none' };
  const page = textOf(indexPage(head, files));
  expect(page.match(/href="[^"]*"/g)).toEqual(['href="items/000001.html"', 'href="items/000003.html"']);
  expect(page).toContain('<h2>Items (18)</h2>');
  expect(page).toContain('<td>prompts/000002.jsonl</td>');
  expect(page).toContain('<h2>Content of files (1)</h2>');
});

test('ten thousand items of hostile texts become pieces of a bounded size', () => {
  const texts = Object.values(HOSTILE);
  const lines = Array.from({ length: 10_000 }, (_, n) => JSON.stringify(item(`${n} ${texts[n % texts.length]}`)));
  const long = Array.from({ length: 4 }, () => JSON.stringify(item('<'.repeat(499_999))));
  let [pieces, largest, bytes] = [0, 0, 0];
  for (const { length } of piecesOfPage(folderPage('items', '000001', [...lines, ...long]), 262_144)) {
    pieces++;
    largest = Math.max(largest, length);
    bytes += length;
  }
  expect(largest).toBeLessThan(262_144 + 6 * 8_192 + 1_000);
  expect([bytes > 10_000_000, pieces > 30]).toEqual([true, true]);
});

test('a text of over half a million characters is cut on its page, between characters, and the page says so', () => {
  const page = [
    ...folderPage('items', '000001', [JSON.stringify(item(`${'a'.repeat(499_999)}😀${'b'.repeat(7)}`))]),
  ].join('');
  expect(page).toContain(`${'a'.repeat(10)}… The page ends here. The file of lines has the other 9 characters.`);
  expect(page).not.toContain('bbb');
});
