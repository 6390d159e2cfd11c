import type { Failure, Lost } from '@/lib/contract/conversion';
import { docx, docxOf, odt, paragraph, pptx, rels, sheet, slide, word, xlsx } from './documents';
import { type ZipEntry, zip } from './zip';

/** A file that is made to harm, and what becomes of it. */
export interface Hostile {
  readonly name: string;
  readonly make: (address: string) => Buffer;
  readonly outcome: { readonly failure: Failure } | { readonly text: RegExp | string; readonly lost?: Lost };
  /** Whether it takes more than a second to make or to read. */
  readonly isHeavy?: boolean;
}

const good = paragraph('safe');
const DAMAGED = { failure: 'damaged' } as const;
const FORBIDDEN = { failure: 'forbidden-xml' } as const;
const TOO_LARGE = { failure: 'too-large' } as const;
const NOT_OFFICE = { failure: 'not-office' } as const;
const SAFE = { text: 'safe\n' } as const;

const withDocument = (entry: Partial<ZipEntry>) =>
  docx('', [{ name: 'word/document.xml', content: word(good), ...entry }]);
const document = (...others: ZipEntry[]) => docx(good, others);
const withType = (type: string, body = good) => `<!DOCTYPE w:document ${type}>${word(body)}`;
const row = (cells: string) => sheet(`<row>${cells}</row>`);
const book = (xml: string, more: object = {}) => xlsx({ sheets: [{ name: 'S', xml }], ...more });
const nested = (levels: number): Buffer => {
  let inner = zip([{ name: '0.txt', content: Buffer.alloc(1_000_000) }]);
  for (let level = 0; level < levels; level++) {
    inner = zip(Array.from({ length: 10 }, (_, at) => ({ name: `${at}.zip`, content: inner })));
  }
  return inner;
};
/** A text that compresses, but not as a bomb does. */
const numbers = (count: number): string => Array.from({ length: count }, (_, at) => `${at} `).join('');
const linked = (type: string, target: string, isExternal = true) => ({
  name: 'word/_rels/document.xml.rels',
  content: rels([{ id: 'x', type, target, isExternal }]),
});

/** Entries that share the bytes of one. */
const overlapping = (count: number): Buffer => {
  const content = Buffer.alloc(1_000_000);
  const one = zip([{ name: 'a', content }]);
  const says = { offset: 0 };
  const compressedSize = one.readUInt32LE(18);
  return zip([
    { name: 'a', content },
    ...Array.from({ length: count }, (_, at) => ({ name: `b${at}`, content: '', says: { ...says, compressedSize } })),
  ]);
};

const ARCHIVES: readonly Hostile[] = [
  {
    name: 'garbage after the first bytes of an archive',
    make: () => Buffer.from('PK\x03\x04 and nothing'),
    outcome: DAMAGED,
  },
  { name: 'an archive without entries', make: () => zip([]), outcome: NOT_OFFICE },
  { name: 'an archive cut within an entry', make: () => document().subarray(0, 300), outcome: DAMAGED },
  { name: 'an archive cut within its directory', make: () => document().subarray(0, -60), outcome: DAMAGED },
  { name: 'an archive cut within its last bytes', make: () => document().subarray(0, -5), outcome: DAMAGED },
  { name: 'an encrypted entry', make: () => withDocument({ says: { flags: 1 } }), outcome: { failure: 'encrypted' } },
  { name: 'a wrong checksum', make: () => withDocument({ says: { crc: 1 } }), outcome: DAMAGED },
  { name: 'a size below the true one', make: () => withDocument({ says: { size: 10 } }), outcome: DAMAGED },
  { name: 'a size above the true one', make: () => withDocument({ says: { size: 5_000 } }), outcome: DAMAGED },
  { name: 'an unknown compression', make: () => withDocument({ says: { method: 14 } }), outcome: DAMAGED },
  { name: 'a size of 4 GB', make: () => withDocument({ says: { size: 0xfffffff0 } }), outcome: TOO_LARGE },
  {
    name: 'an entry at the place of another',
    make: () => document({ name: 'a', content: '', says: { offset: 0 } }),
    outcome: DAMAGED,
  },
  { name: 'thousands of entries that share bytes', make: () => overlapping(5_000), outcome: DAMAGED },
  {
    name: 'an entry beyond the end',
    make: () => document({ name: 'a', content: '', says: { offset: 9_000_000 } }),
    outcome: DAMAGED,
  },
  {
    name: 'two entries of one name',
    make: () => document({ name: 'WORD/Document.xml', content: 'x' }),
    outcome: DAMAGED,
  },
  {
    name: 'more entries than a document has',
    make: () =>
      docx(
        good,
        Array.from({ length: 10_001 }, (_, at) => ({ name: `e${at}`, content: '', isStored: true })),
      ),
    outcome: TOO_LARGE,
  },
  {
    name: 'a directory of more entries than there are',
    make: () => docx(good, [], { count: 60_000 }),
    outcome: TOO_LARGE,
  },
  { name: 'fewer entries than there are', make: () => docx(good, [], { count: 1 }), outcome: NOT_OFFICE },
  { name: 'a bomb: 100 MB of zeros', make: () => docxOf(Buffer.alloc(100_000_000)), outcome: TOO_LARGE, isHeavy: true },
  {
    name: 'a bomb that declares a kilobyte',
    make: () => withDocument({ content: Buffer.alloc(20_000_000, ' '), says: { size: 1_000 } }),
    outcome: DAMAGED,
  },
  {
    name: 'a bomb of many sheets, each below the ratio',
    make: () =>
      xlsx({
        sheets: Array.from({ length: 30 }, (_, at) => ({
          name: `S${at}`,
          xml: sheet('<row><c r="A1"/></row>'.repeat(440_000)),
        })),
      }),
    outcome: TOO_LARGE,
    isHeavy: true,
  },
  {
    name: 'archives within archives',
    make: () => document({ name: 'word/embeddings/bomb.zip', content: nested(3) }),
    outcome: { text: 'safe\n', lost: { 'embedded-files': 1 } },
  },
  { name: 'an archive that only has archives', make: () => nested(2), outcome: NOT_OFFICE },
  {
    name: 'an archive with itself in it, as far as that is possible',
    make: () => zip([{ name: 'self.docx', content: document({ name: 'self.docx', content: document() }) }]),
    outcome: NOT_OFFICE,
  },
  {
    name: 'a name above the folder',
    make: () => document({ name: '../../etc/passwd', content: 'x' }),
    outcome: DAMAGED,
  },
  { name: 'an absolute name', make: () => document({ name: '/etc/passwd', content: 'x' }), outcome: DAMAGED },
  {
    name: 'a name with a backslash and a drive',
    make: () => document({ name: 'C:\\x', content: 'x' }),
    outcome: DAMAGED,
  },
  { name: 'a link in place of the document', make: () => withDocument({ content: '/etc/passwd' }), outcome: DAMAGED },
  { name: 'a comment that is a PDF', make: () => docx(good, [], { comment: '%PDF-1.7 %%EOF' }), outcome: SAFE },
  {
    name: 'a program in front of an archive',
    make: () => Buffer.concat([Buffer.from('\x7fELF\x02\0\0'), document()]),
    outcome: NOT_OFFICE,
  },
  { name: 'an archive of another kind', make: () => zip([{ name: 'index.html', content: 'x' }]), outcome: NOT_OFFICE },
];

const ENTITIES = Array.from({ length: 12 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');

const XML: readonly Hostile[] = [
  {
    name: 'a billion laughs',
    make: () => docxOf(withType(`[<!ENTITY e0 "ha">${ENTITIES}]`, paragraph('&e12;'))),
    outcome: FORBIDDEN,
  },
  {
    name: 'an entity that is repeated a thousand times',
    make: () => docxOf(withType(`[<!ENTITY a "${'x'.repeat(10_000)}">]`, paragraph('&a;'.repeat(1_000)))),
    outcome: FORBIDDEN,
  },
  {
    name: 'an entity of a local file',
    make: () => docxOf(withType('[<!ENTITY a SYSTEM "file:///etc/passwd">]', paragraph('&a;'))),
    outcome: FORBIDDEN,
  },
  {
    name: 'an entity of another host',
    make: (address) => docxOf(withType(`[<!ENTITY a SYSTEM "${address}/entity">]`, paragraph('&a;'))),
    outcome: FORBIDDEN,
  },
  {
    name: 'a parameter entity',
    make: (address) => docxOf(withType(`[<!ENTITY % a SYSTEM "${address}/parameter"> %a;]`)),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type of another host',
    make: (address) => docxOf(withType(`SYSTEM "${address}/dtd"`)),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type in the list of types',
    make: () => document({ name: '[Content_Types].xml', content: '<!DOCTYPE a [<!ENTITY b "c">]><Types/>' }),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type in the relationships',
    make: () => document({ name: '_rels/.rels', content: '<!DOCTYPE a [<!ENTITY b "c">]><Relationships/>' }),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type in a workbook',
    make: () => xlsx({ sheets: [{ name: 'S', xml: '<!DOCTYPE a><worksheet/>' }] }),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type in OpenDocument',
    make: () => odt('', [{ name: 'content.xml', content: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }]),
    outcome: FORBIDDEN,
  },
  {
    name: 'an undefined entity',
    make: () => document({ name: 'word/document.xml', content: word(paragraph('&x;')) }),
    outcome: DAMAGED,
  },
  {
    name: 'characters that XML does not have',
    make: () => docxOf(word(paragraph('&#1114112;'))),
    outcome: DAMAGED,
  },
  {
    name: 'a depth of a hundred thousand',
    make: () => docxOf(word('<w:a>'.repeat(100_000) + '</w:a>'.repeat(100_000))),
    outcome: FORBIDDEN,
  },
  {
    name: 'an attribute of nine megabytes',
    make: () => docxOf(word(`<w:p w:a="${'x'.repeat(9_000_000)}"/>`)),
    outcome: DAMAGED,
  },
  {
    name: 'a hundred thousand attributes',
    make: () => docxOf(word(`<w:p ${Array.from({ length: 100_000 }, (_, at) => `a${at}="x"`).join(' ')}/>`)),
    outcome: { text: '\n' },
  },
  {
    name: 'elements that are never closed',
    make: () => docxOf(`<w:document>${'<w:p>'.repeat(400)}`),
    outcome: DAMAGED,
  },
  { name: 'elements that are closed in another order', make: () => docxOf('<a><b></a></b>'), outcome: DAMAGED },
  {
    name: 'bytes that are not UTF-8',
    make: () => docxOf(Buffer.from(word(paragraph('\xff\xfe')), 'latin1')),
    outcome: DAMAGED,
  },
  {
    name: 'UTF-16 that ends within a character',
    make: () => docxOf(Buffer.concat([Buffer.from(`\ufeff${word(good)}`, 'utf16le'), Buffer.from([0x20])])),
    outcome: DAMAGED,
  },
  { name: 'UTF-16 as it should be', make: () => docxOf(Buffer.from(`\ufeff${word(good)}`, 'utf16le')), outcome: SAFE },
  { name: 'UTF-7', make: () => docxOf(`<?xml version="1.0" encoding="UTF-7"?>${word(good)}`), outcome: DAMAGED },
  {
    name: 'an inclusion and a style sheet of another host',
    make: (address) =>
      docxOf(
        `<?xml-stylesheet href="${address}/style"?>${word(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${address}/x"/>${good}`)}`,
      ),
    outcome: SAFE,
  },
  {
    name: 'a namespace that calls itself Object',
    make: () => docxOf(word(`<w:__proto__/><w:constructor w:__proto__="x"/>${good}`)),
    outcome: SAFE,
  },
];

const DOCUMENTS: readonly Hostile[] = [
  {
    name: 'a template of another host',
    make: (address) =>
      document({
        name: 'word/_rels/settings.xml.rels',
        content: rels([{ id: 'x', type: 'attachedTemplate', target: `${address}/template.dotm`, isExternal: true }]),
      }),
    outcome: { text: 'safe\n', lost: { 'external-references': 1 } },
  },
  {
    name: 'an image of another host',
    make: (address) => document(linked('image', `${address}/pixel.png`)),
    outcome: { text: 'safe\n', lost: { 'external-references': 1 } },
  },
  {
    name: 'an image of a file server',
    make: () => document(linked('image', '\\\\host\\share\\pixel.png')),
    outcome: { text: 'safe\n', lost: { 'external-references': 1 } },
  },
  {
    name: 'a link that is a program',
    make: () => document(linked('hyperlink', 'javascript:alert(1)')),
    outcome: { text: 'safe\n', lost: { links: 1 } },
  },
  {
    name: 'a document with macros',
    make: () =>
      document(
        {
          name: '[Content_Types].xml',
          content:
            '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
        },
        { name: 'word/vbaProject.bin', content: 'Sub AutoOpen()' },
      ),
    outcome: { text: 'safe\n', lost: { macros: 1 } },
  },
  {
    name: 'a workbook with macros of Excel 4',
    make: () =>
      book(row('<c r="A1" t="str"><v>safe</v></c>'), {
        type: 'ms-excel.sheet.macroEnabled.main+xml',
        others: [{ name: 'xl/macrosheets/sheet1.xml', content: '<a><f>EXEC("calc")</f></a>' }],
      }),
    outcome: { text: 'Sheet: S\nsafe\n', lost: { macros: 1 } },
  },
  {
    name: 'a field that runs a program',
    make: () =>
      docx(`${good}<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText></w:r></w:p>`),
    outcome: { text: 'safe\n\n' },
  },
  {
    name: 'formulas that run programs or call hosts',
    make: (address) =>
      book(
        row(
          `<c r="A1"><f>cmd|'/c calc'!A1</f><v>1</v></c><c r="B1" t="str"><f>WEBSERVICE("${address}")</f><v>safe</v></c>`,
        ),
      ),
    outcome: { text: 'Sheet: S\n1\tsafe\n', lost: { formulas: 2 } },
  },
  {
    name: 'an embedded program and a control',
    make: () =>
      document(
        { name: 'word/embeddings/oleObject1.bin', content: 'MZ' },
        { name: 'word/activeX/activeX1.bin', content: 'x' },
      ),
    outcome: { text: 'safe\n', lost: { 'embedded-files': 2 } },
  },
  {
    name: 'a part outside of the archive',
    make: () =>
      document({
        name: '_rels/.rels',
        content: rels([{ id: 'a', type: 'officeDocument', target: '../../../../etc/passwd' }]),
      }),
    outcome: NOT_OFFICE,
  },
  {
    name: 'relationships that refer to themselves',
    make: () =>
      document({ name: '_rels/.rels', content: rels([{ id: 'a', type: 'officeDocument', target: '_rels/.rels' }]) }),
    outcome: NOT_OFFICE,
  },
  {
    name: 'slides that are not there',
    make: () => pptx([slide(['safe'])], [{ name: 'ppt/_rels/presentation.xml.rels', content: rels([]) }]),
    outcome: DAMAGED,
  },
  {
    name: 'a slide of another host',
    make: (address) =>
      pptx(
        [slide(['safe'])],
        [
          {
            name: 'ppt/_rels/presentation.xml.rels',
            content: rels([{ id: 'rId1', type: 'slide', target: `${address}/slide.xml`, isExternal: true }]),
          },
        ],
      ),
    outcome: DAMAGED,
  },
  {
    name: 'the same slide ten thousand times',
    make: () =>
      pptx(
        [slide(['safe'])],
        [
          {
            name: 'ppt/presentation.xml',
            content: `<p:presentation xmlns:r="r"><p:sldIdLst>${'<p:sldId id="1" r:id="rId1"/>'.repeat(10_000)}</p:sldIdLst></p:presentation>`,
          },
        ],
      ),
    outcome: { text: /^Slide 1\nsafe\n\nSlide 2\n/ },
    isHeavy: true,
  },
  {
    name: 'a table in a table, two hundred times',
    make: () => docx('<w:tbl><w:tr><w:tc>'.repeat(150) + good + '</w:tc></w:tr></w:tbl>'.repeat(150)),
    outcome: { text: /safe/ },
  },
  {
    name: 'one text of fifty megabytes',
    make: () => docx(paragraph(numbers(6_500_000))),
    outcome: { text: /^0 1 2 /, lost: { cut: 1 } },
    isHeavy: true,
  },
  {
    name: 'one cell of fifty megabytes',
    make: () => docx(`<w:tbl><w:tr><w:tc>${paragraph(numbers(6_500_000))}</w:tc></w:tr></w:tbl>`),
    outcome: { text: /^0 1 2 /, lost: { cut: 1 } },
    isHeavy: true,
  },
  {
    name: 'a million rows',
    make: () =>
      book(
        sheet(
          Array.from(
            { length: 1_000_000 },
            (_, at) =>
              `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c><c r="B${at + 1}"><v>${at * 7}</v></c></row>`,
          ).join(''),
        ),
      ),
    outcome: { text: /^Sheet: S\n0\t0\n1\t7\n/, lost: { cut: 1 } },
    isHeavy: true,
  },
  {
    name: 'a million empty rows and one with content',
    make: () =>
      book(
        sheet(
          `${Array.from({ length: 1_000_000 }, (_, at) => `<row r="${at + 1}"/>`).join('')}<row><c r="XFD1048576" t="str"><v>safe</v></c></row>`,
        ),
      ),
    outcome: { text: /^Sheet: S\n\t+safe\n$/ },
    isHeavy: true,
  },
  {
    name: 'a row of a million cells',
    make: () => book(row(Array.from({ length: 1_000_000 }, (_, at) => `<c><v>${at}</v></c>`).join(''))),
    outcome: { text: /^Sheet: S\n0\t1\t2/, lost: { cut: 1 } },
    isHeavy: true,
  },
  {
    name: 'a text of a megabyte in thousands of cells',
    make: () =>
      book(sheet('<row><c t="s"><v>0</v></c></row>'.repeat(5_000)), {
        shared: `<sst><si><t>${numbers(140_000)}</t></si></sst>`,
      }),
    outcome: { text: /^Sheet: S\n0 1 2 /, lost: { cut: 1 } },
    isHeavy: true,
  },
  {
    name: 'a text of thirty megabytes in thousands of cells',
    make: () =>
      book(sheet('<row><c t="s"><v>0</v></c></row>'.repeat(5_000)), {
        shared: `<sst><si><t>${numbers(4_000_000)}</t></si></sst>`,
      }),
    outcome: TOO_LARGE,
    isHeavy: true,
  },
  {
    name: 'more shared texts than a workbook may have',
    make: () =>
      book(sheet(''), {
        shared: `<sst>${Array.from({ length: 700_000 }, (_, at) => `<si><t>${`${at} `.repeat(15)}</t></si>`).join('')}</sst>`,
      }),
    outcome: TOO_LARGE,
    isHeavy: true,
  },
  {
    name: 'a cell of a shared text that is not there',
    make: () => book(row('<c t="s"><v>99999999999</v></c>')),
    outcome: DAMAGED,
  },
  {
    name: 'numbers that are no dates',
    make: () =>
      book(row('<c s="0"><v>1e308</v></c><c s="0"><v>-5</v></c><c s="0"><v>NaN</v></c><c s="9999999"><v>1</v></c>'), {
        styles: '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
      }),
    outcome: { text: 'Sheet: S\n1e+308\t-5\tNaN\t1\n' },
  },
  {
    name: 'a format that takes long to match',
    make: () =>
      book(row('<c s="0"><v>1</v></c>'), {
        styles: `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${'['.repeat(30_000)}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`,
      }),
    outcome: { text: 'Sheet: S\n1\n' },
  },
  {
    name: 'elements that stand for a billion spaces and cells',
    make: () =>
      odt(
        '<text:p>a<text:s text:c="1000000000"/>b</text:p><table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000"><text:p>safe</text:p></table:table-cell></table:table-row></table:table>',
      ),
    outcome: { text: `a${' '.repeat(64)}b\nsafe\n` },
  },
  {
    name: 'an encrypted OpenDocument text',
    make: () =>
      odt('', [
        {
          name: 'META-INF/manifest.xml',
          content: '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>',
        },
      ]),
    outcome: { failure: 'encrypted' },
  },
  {
    name: 'an OpenDocument text with references, scripts and objects',
    make: (address) =>
      odt(
        `<text:p>safe<draw:image xlink:href="${address}/pixel.png"/><text:a xlink:href="${address}">link</text:a></text:p>`,
        [
          { name: 'Basic/Standard/Module1.xml', content: '<a>Sub Main</a>' },
          { name: 'Object 1/content.xml', content: '<a/>' },
        ],
      ),
    outcome: { text: 'safelink\n', lost: { 'embedded-files': 1, 'external-references': 1, links: 1, macros: 1 } },
  },
  {
    name: 'an OpenDocument of another kind',
    make: () => zip([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.database' }]),
    outcome: NOT_OFFICE,
  },
];

const TABLES: readonly Hostile[] = [
  { name: 'a table with control characters', make: () => Buffer.from('a,b\n\0\x01,c\n'), outcome: NOT_OFFICE },
  { name: 'a line of thirty megabytes', make: () => Buffer.alloc(30_000_000, 'x'), outcome: DAMAGED, isHeavy: true },
  {
    name: 'a quote that is never closed',
    make: () => Buffer.from(`a,b\n"${'x\n'.repeat(5_000_000)}`),
    outcome: DAMAGED,
    isHeavy: true,
  },
  {
    name: 'a million columns',
    make: () => Buffer.from('1,'.repeat(1_000_000)),
    outcome: { text: /^1\t1\t1/ },
    isHeavy: true,
  },
  {
    name: 'a table of thirty megabytes',
    make: () => Buffer.from('Stadt;Land\n'.repeat(2_700_000)),
    outcome: { text: /^Stadt\tLand\n/, lost: { cut: 1 } },
    isHeavy: true,
  },
  {
    name: 'a table of empty lines',
    make: () => Buffer.from('\n'.repeat(30_000_000)),
    outcome: { text: '' },
    isHeavy: true,
  },
  { name: 'UTF-16 that is broken', make: () => Buffer.from([0xff, 0xfe, 0x00, 0xdc, 0x20, 0x00]), outcome: DAMAGED },
  {
    name: 'formulas of a table',
    make: () => Buffer.from('=cmd|\'/c calc\'!A1;"=1+1"\n'),
    outcome: { text: "=cmd|'/c calc'!A1\t=1+1\n" },
  },
];

/** Files that are made to harm. */
export const HOSTILE: readonly Hostile[] = [...ARCHIVES, ...XML, ...DOCUMENTS, ...TABLES];
