import { unzipSync } from 'fflate';
import { odt } from '@/lib/evidence/odt/odt';
import { escaped } from '@/lib/evidence/tree/escape';
import { html } from '@/lib/evidence/tree/html';
import { code, type DocumentTree, field, heading, link, paragraph, table } from '@/lib/evidence/tree/tree';

const tree = (...blocks: DocumentTree['blocks']): DocumentTree => ({
  language: 'fr',
  title: 'Un titre & « plus »',
  date: '2026-11-30',
  generator: 'cdk-eu-residency 0.2.0',
  blocks,
});

const fileOf = (document: DocumentTree, name: string) => new TextDecoder().decode(unzipSync(odt(document))[name]);

/** What the first paragraph of a document's text has. */
const paragraphOf = (...content: Parameters<typeof paragraph>) =>
  /Text_20_body">(.*?)<\/text:p>/.exec(fileOf(tree(paragraph(...content)), 'content.xml'))?.[1];

test('begins with its type, not compressed, so that any program knows it', () => {
  const bytes = Buffer.from(odt(tree()));
  const type = 'application/vnd.oasis.opendocument.text';
  expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
  expect(bytes.readUInt16LE(8)).toBe(0);
  // Midnight on 1 January 1980, the earliest time of a ZIP.
  expect([bytes.readUInt16LE(10), bytes.readUInt16LE(12)]).toEqual([0, 0x21]);
  expect(bytes.subarray(30, 38 + type.length).toString()).toBe(`mimetype${type}`);
});

test('lists each of its files, with title, language and the day of the report', () => {
  const names = Object.keys(unzipSync(odt(tree())));
  const manifest = fileOf(tree(), 'META-INF/manifest.xml');
  const listed = names.filter((name) => !/^(mimetype$|META-INF\/)/.test(name));
  expect(listed.map((name) => manifest.includes(`manifest:full-path="${name}"`))).toEqual(listed.map(() => true));
  const meta = fileOf(tree(), 'meta.xml');
  expect(meta).toContain('<dc:title>Un titre &amp; « plus »</dc:title>');
  expect(meta).toContain('<dc:language>fr</dc:language>');
  expect(meta).toContain('<dc:date>2026-11-30T00:00:00</dc:date>');
  expect(fileOf(tree(), 'styles.xml')).toContain('fo:language="fr" fo:country="FR"');
});

test('white space that a text has stays', () => {
  expect(paragraphOf(' a  b\tc\nd\r\ne ')).toBe(
    '<text:s/>a<text:s/> b<text:tab/>c<text:line-break/>d<text:line-break/>e<text:s/>',
  );
});

test('fields and names have styles, and only web addresses are links', () => {
  expect(paragraphOf(field('who'), code('a<b'), link('x', 'https://example.eu/?a&b'), link('y', 'file:///etc/'))).toBe(
    '<text:span text:style-name="Field">[who]</text:span><text:span text:style-name="Source_20_Text">a&lt;b</text:span>' +
      '<text:a xlink:type="simple" xlink:href="https://example.eu/?a&amp;b">x</text:a>y',
  );
  const page = html(tree(paragraph(field('who'), link('y', 'javascript:alert(1)'))));
  expect(page).toContain('<p><mark>[who]</mark><a href="#">y</a></p>');
});

test('a table repeats its head on each page, and its columns share the width', () => {
  const document = tree(heading(2, 'H'), table(['A', 'B'], [[['1'], [code('2')]]], [1, 3]), table(['C'], []));
  const xml = fileOf(document, 'content.xml');
  expect(xml).toMatch(/<table:table-header-rows>.*A.*B.*<\/table:table-header-rows>/);
  expect(xml).toContain(
    '"Table1.1" style:family="table-column"><style:table-column-properties style:column-width="4.25cm"',
  );
  expect(xml).toContain(
    '"Table1.2" style:family="table-column"><style:table-column-properties style:column-width="12.75cm"',
  );
  expect(xml).toContain('table:name="Table2"');
  expect(html(document)).toContain('<colgroup><col style="width:25%"><col style="width:75%"></colgroup>');
});

test('characters that XML can’t contain are replaced, and others stay', () => {
  expect(escaped('a\u0000\u0008\u000b\u007f\u009f\ufffe\ud800z')).toBe(`a${'\ufffd'.repeat(7)}z`);
  expect(escaped('\u200e\u202e\u2066\u061c')).toBe('\ufffd'.repeat(4));
  expect(escaped('é\t\n\r😀 « œ »')).toBe('é\t\n\r😀 « œ »');
});
