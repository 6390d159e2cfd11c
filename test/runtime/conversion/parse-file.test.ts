import { parseFile } from '@/lib/runtime/conversion/parser/parse-file';
import { docx, odt, paragraph, pptx, sheet, slide, xlsx } from './support/documents';

const textOf = async (bytes: Buffer) => {
  const parsed = await parseFile(bytes);
  if ('failure' in parsed) throw new Error(parsed.failure);
  return parsed;
};

const run = (text: string, format = '') => `<w:r><w:rPr>${format}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const cell = (text: string) => `<w:tc><w:tcPr/>${paragraph(text)}</w:tc>`;

test('a Word document: paragraphs, breaks, tabs, tables, entities and notes', async () => {
  const body =
    paragraph('Grüße &amp; &lt;Küsse&gt;') +
    `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>${run('a ')}${run('b', '<w:b/>')}<w:r><w:tab/><w:t>c</w:t><w:br/><w:t>d</w:t></w:r></w:p>` +
    `<w:tbl><w:tblPr/><w:tr>${cell('1')}${cell('2')}</w:tr><w:tr>${cell('3')}<w:tc>${paragraph('4')}${paragraph('5')}</w:tc></w:tr></w:tbl>` +
    `<w:p>${run('noted')}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`;
  const notes = `<w:footnotes xmlns:w="w"><w:footnote w:type="separator" w:id="0">${paragraph('-')}</w:footnote><w:footnote w:id="2">${paragraph('the note')}</w:footnote></w:footnotes>`;
  const found = await textOf(
    docx(body, [
      { name: 'word/footnotes.xml', content: notes },
      {
        name: 'word/_rels/document.xml.rels',
        content:
          '<Relationships><Relationship Id="f" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/></Relationships>',
      },
    ]),
  );
  expect(found).toEqual({
    kind: 'docx',
    text: 'Grüße & <Küsse>\na b\tc\nd\n1\t2\n3\t4 5\nnoted[^2]\n[^2] the note\n',
    lost: {},
  });
});

test('what a Word document has besides its text is left out and counted', async () => {
  const body =
    `<w:p>${run('shown')}${run('hidden', '<w:vanish/>')}${run(' visible', '<w:vanish w:val="false"/>')}</w:p>` +
    `<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>${run('new')}</w:ins><w:moveFrom>${run('moved')}</w:moveFrom></w:p>` +
    `<w:p><mc:AlternateContent xmlns:mc="m"><mc:Choice>${run('box')}</mc:Choice><mc:Fallback>${run('box')}</mc:Fallback></mc:AlternateContent></w:p>`;
  const found = await textOf(
    docx(body, [
      { name: 'word/media/image1.png', content: 'x' },
      { name: 'word/media/image2.jpeg', content: 'x' },
      { name: 'word/media/film.mp4', content: 'x' },
      { name: 'word/header1.xml', content: '<w:hdr/>' },
      { name: 'word/charts/chart1.xml', content: '<c/>' },
      { name: 'word/diagrams/data1.xml', content: '<c/>' },
      { name: 'word/comments.xml', content: '<w:comments><w:comment/><w:comment/></w:comments>' },
    ]),
  );
  expect(found.text).toBe('shown visible\nnew\nbox\n');
  expect(found.lost).toEqual({
    charts: 1,
    comments: 2,
    deletions: 1,
    diagrams: 1,
    headers: 1,
    'hidden-text': 1,
    images: 2,
    media: 1,
  });
});

test('a presentation: slides in their order, tables and notes; hidden slides and numbers of pages are left out', async () => {
  const table = `<p:sld xmlns:a="a"><a:tbl><a:tr><a:tc><a:p><a:r><a:t>x</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>y</a:t></a:r></a:p></a:tc></a:tr></a:tbl><a:p><a:fld type="slidenum"><a:t>3</a:t></a:fld></a:p></p:sld>`;
  const found = await textOf(
    pptx(
      [slide(['Title', 'Grüße']), slide(['secret'], ' show="0"'), table],
      [],
      slide(['say hello']).replaceAll('sld', 'notes'),
    ),
  );
  expect(found.text).toBe('Slide 1\nTitle\nGrüße\nNotes:\nsay hello\n\nSlide 3\nx\ty\n\n');
  expect(found.lost).toEqual({ 'hidden-slides': 1 });
});

test('a workbook: texts, numbers, dates, formulas, empty cells; hidden sheets are left out', async () => {
  const rows =
    '<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row/>' +
    '<row><c r="A3" s="1"><v>46357</v></c><c r="B3" s="1"><v>46357.75</v></c><c r="C3" s="2"><v>0.5</v></c><c r="D3" s="3"><v>0.30000000000000004</v></c></row>' +
    '<row><c r="A4" t="b"><v>1</v></c><c r="B4"><f>A1*2</f><v>84</v></c><c r="C4" t="e"><v>#DIV/0!</v></c><c r="D4" t="inlineStr"><is><t>in</t><t>line</t></is></c><c r="E4" t="str"><v>a\tb\nc</v></c></row>';
  const found = await textOf(
    xlsx({
      sheets: [
        { name: 'Zahlen', xml: sheet(rows) },
        { name: 'Geheim', xml: sheet('<row><c t="str"><v>secret</v></c></row>'), state: 'veryHidden' },
      ],
      shared: '<sst><si><t>Grüße</t></si><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>phonetic</t></rPh></si></sst>',
      styles:
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-407]dd\\.mm\\.yyyy&quot; Uhr&quot;"/><numFmt numFmtId="171" formatCode="0.00&quot; days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="21"/><xf numFmtId="171"/></cellXfs></styleSheet>',
    }),
  );
  expect(found.text).toBe(
    'Sheet: Zahlen\nGrüße\t\trich\n2026-12-01\t2026-12-01 18:00:00\t12:00:00\t0.3\nTRUE\t84\t#DIV/0!\tinline\ta b c\n',
  );
  expect(found.lost).toEqual({ formulas: 1, 'hidden-sheets': 1 });
});

test.each([
  ['1900-01-01', 1900, 1],
  ['1900-02-28', 1900, 59],
  ['1900-03-01', 1900, 61],
  ['1904-01-02', 1904, 1],
  ['9999-12-31', 1900, 2_958_465],
])('a workbook has the date %s in its system of %d', async (date, system, value) => {
  const book = xlsx({
    sheets: [{ name: 'S', xml: sheet(`<row><c s="0"><v>${value}</v></c></row>`) }],
    styles: '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
    others:
      system === 1900
        ? []
        : [
            {
              name: 'xl/workbook.xml',
              content:
                '<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="S" r:id="rId1"/></sheets></workbook>',
            },
          ],
  });
  expect((await textOf(book)).text).toBe(`Sheet: S\n${date}\n`);
});

test('an OpenDocument text: headings, spaces, tables, lists and notes; comments and hidden parts are left out', async () => {
  const found = await textOf(
    odt(
      '<text:h>Titel</text:h>\n  <text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d\n  e</text:p>' +
        '<text:list><text:list-item><text:p>eins</text:p></text:list-item></text:list>' +
        '<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>' +
        '<text:p>noted<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>the note</text:p></text:note-body></text:note> on</text:p>' +
        '<text:p>x<office:annotation><text:p>comment</text:p></office:annotation></text:p>' +
        '<text:section text:display="none"><text:p>secret</text:p></text:section>',
      [{ name: 'Pictures/1.png', content: 'x' }],
    ),
  );
  expect(found.text).toBe('Titel\na  b\tc\nd e\neins\n1\t2\nnoted [the note ]  on\nx\n');
  expect(found.lost).toEqual({ comments: 1, 'hidden-text': 1, images: 1 });
});

test.each([
  ['commas', 'a,"b,c"\n1,2\n', 'a\tb,c\n1\t2\n', {}],
  ['semicolons and line ends of Windows', 'Größe;"x\r\ny"\r\n1,5;2\r\n', 'Größe\tx y\n1,5\t2\n', {}],
  ['tabs and a mark of UTF-8', '\ufeffa\tb\n', 'a\tb\n', {}],
  ['a stated separator', 'sep=|\na|b;c\n', 'a\tb;c\n', {}],
  ['one column', 'a\nb\n', 'a\nb\n', {}],
])('a CSV file with %s', async (_, content, text, lost) => {
  expect(await textOf(Buffer.from(content))).toEqual({ kind: 'csv', text, lost });
});

test('a CSV file in other encodings', async () => {
  expect((await textOf(Buffer.from('\ufeffä;b\n', 'utf16le'))).text).toBe('ä\tb\n');
  const windows = await textOf(Buffer.from('Gr\xfc\xdfe;\x80 5\n', 'latin1'));
  expect(windows).toEqual({ kind: 'csv', text: 'Grüße\t€ 5\n', lost: { encoding: 1 } });
});

test('a text is cut at its largest size, at the end of a character', async () => {
  const found = await textOf(docx(paragraph('x') + paragraph('€'.repeat(2_000_000))));
  expect(Buffer.byteLength(found.text)).toBeLessThanOrEqual(4_000_000);
  expect(found.text).toMatch(/^x\n€+$/);
  expect(found.lost).toEqual({ cut: 1 });
});
