import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseFile } from '@/lib/runtime/conversion/parser/parse-file';

jest.setTimeout(300_000);

const folder = mkdtempSync(path.join(tmpdir(), 'conversion-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Converts a file with LibreOffice, and returns the path of the result. */
function converted(file: string, to: string, from?: string): string {
  const args = [
    `-env:UserInstallation=file://${path.join(folder, 'settings')}`,
    '--headless',
    ...(from === undefined ? [] : [`--infilter=${from}`]),
    ...['--convert-to', to, '--outdir', folder, file],
  ];
  const { status, stderr } = spawnSync('soffice', args, { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(`LibreOffice ended with ${status}: ${stderr.slice(-500)}`);
  return path.join(folder, `${path.parse(file).name}.${to.split(':')[0]}`);
}

function source(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

async function parsed(file: string) {
  const found = await parseFile(readFileSync(file));
  if ('failure' in found) throw new Error(found.failure);
  return found;
}

const ROOT =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ' +
  'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" ' +
  'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" ' +
  'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"';

const TEXT =
  '<text:h text:outline-level="1">Bericht für Zürich &amp; Genf</text:h>' +
  '<text:p>Ein <text:span>Absatz</text:span> mit<text:s text:c="2"/>Leerzeichen,<text:tab/>Tabulator<text:line-break/>und neuer Zeile: €, 日本語, 🙂.</text:p>' +
  '<text:list><text:list-item><text:p>erster Punkt</text:p></text:list-item><text:list-item><text:p>zweiter Punkt</text:p></text:list-item></text:list>' +
  '<table:table table:name="T"><table:table-column/><table:table-column/><table:table-row><table:table-cell><text:p>a1</text:p></table:table-cell><table:table-cell><text:p>b1</text:p></table:table-cell></table:table-row>' +
  '<table:table-row><table:table-cell><text:p>a2</text:p></table:table-cell><table:table-cell><text:p>b2</text:p></table:table-cell></table:table-row></table:table>' +
  '<text:p>Link: <text:a xlink:type="simple" xlink:href="https://example.eu/">example</text:a></text:p><text:p>Ende</text:p>';

const text = source(
  'text.fodt',
  `<?xml version="1.0" encoding="UTF-8"?><office:document ${ROOT} office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>${TEXT}</office:text></office:body></office:document>`,
);

/** The words of a text: LibreOffice separates cells by lines, and this package by tabs. */
const words = (of: string): string[] =>
  of
    .replace('\ufeff', '')
    .split(/[\s\u2022]+/)
    .filter((word) => word !== '');

test.each(['docx', 'odt'])(
  "the text of LibreOffice's %s has the words of LibreOffice's own text, in their order",
  async (kind) => {
    const file = converted(text, kind);
    const own = readFileSync(converted(file, 'txt:Text (encoded):UTF8'), 'utf8');
    const found = await parsed(file);
    expect(found.kind).toBe(kind);
    expect(words(found.text)).toEqual(words(own));
    expect(words(own)).toContain('日本語,');
    expect(found.text).toContain('a1\tb1\na2\tb2\n');
    expect(found.lost).toMatchObject({ links: 1 });
  },
);

const CELLS = [
  ['Name', 'Betrag', 'Datum', 'Anmerkung'],
  ['Müller', '1234.5', '2026-12-01', 'mit, Komma'],
  ['Ana', '-0.25', '1999-02-28', 'mit "Anführung"'],
  ['Leer', '', '', ''],
  ['Summe', '1e21', '2000-01-01', '日本語'],
];

const quoted = (rows: readonly string[][]): string =>
  rows
    .map((row) => row.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\n');

test("the cells of LibreOffice's workbook are those of its own CSV", async () => {
  const file = converted(source('cells.csv', `${quoted(CELLS)}\n`), 'xlsx:Calc MS Excel 2007 XML', 'CSV:44,34,76,1');
  const found = await parsed(file);
  const [heading, ...rows] = found.text.trimEnd().split('\n');
  expect(heading).toMatch(/^Sheet: /);
  const own = await parsed(converted(file, 'csv:Text - txt - csv (StarCalc):44,34,76,1'));
  const cells = (lines: readonly string[]) => lines.map((line) => line.replace(/\t+$/, '').split('\t'));
  // LibreOffice shows numbers and dates in the formats of the cells; the stored values are the same.
  const values = (rows: string[][]) =>
    rows.map((row) =>
      row.map((cell) =>
        /^-?[\d.]+(e\+?\d+)?$/i.test(cell) ? Number(cell) : cell.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$1-$2'),
      ),
    );
  expect(values(cells(rows))).toEqual(values(cells(own.text.trimEnd().split('\n'))));
  expect(rows[1]).toBe('Müller\t1234.5\t2026-12-01\tmit, Komma');
});

test("the text of LibreOffice's presentation has its slides in order", async () => {
  const page = (name: string, ...texts: string[]) =>
    `<draw:page draw:name="${name}">${texts.map((one) => `<draw:frame svg:width="10cm" svg:height="2cm" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>${one}</text:p></draw:text-box></draw:frame>`).join('')}</draw:page>`;
  const file = source(
    'slides.fodp',
    `<?xml version="1.0" encoding="UTF-8"?><office:document ${ROOT} office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>${page('one', 'Willkommen', 'Grüße &amp; mehr')}${page('two', 'Zweite Folie')}</office:presentation></office:body></office:document>`,
  );
  const found = await parsed(converted(file, 'pptx'));
  expect(found.kind).toBe('pptx');
  expect(found.text.replace(/\n+/g, '\n')).toBe('Slide 1\nWillkommen\nGrüße & mehr\nSlide 2\nZweite Folie\n');
});
