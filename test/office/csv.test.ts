import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SECTIONS, tableOf } from '@/lib/evidence/formats/columns';
import { csvFiles } from '@/lib/evidence/formats/csv';
import { visible } from '@/lib/html/visible';
import { EVIDENCE, model } from '@/test/evidence/documents/evidence-fixture';
import { NAMES } from './names';
import { opened, tablesIn } from './office';

jest.setTimeout(300_000);

const folder = mkdtempSync(path.join(tmpdir(), 'office-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Commas, quotes, UTF-8, from the first line, and each column as text: what a user chooses when they open the file. */
const COLUMNS = Array.from({ length: 40 }, (_, nth) => `${nth + 1}/2`).join('/');
const FILTER = `CSV:44,34,76,1,${COLUMNS},0,true,false`;

const evidence = { ...EVIDENCE, models: NAMES.map((name) => model(name, ['eu-central-1'], 'nothing')) };

/** A cell that begins like a formula has a quote mark in front of it; spaces around a text stay, and tabs are written as escapes. */
const asText = (cell: string) =>
  visible(cell)
    .replace(/([;][\s"]*)(?=[=+])/g, "$1'")
    .replace(/^[=+\-@]/, "'$&");

test('a cell stays text if a spreadsheet separates by semicolons', () => {
  const [safe, unsafe] = ['safe.csv', 'unsafe.csv'].map((name) => path.join(folder, name)) as [string, string];
  writeFileSync(
    safe,
    csvFiles(evidence)
      .map(({ content }) => content)
      .join(''),
  );
  writeFileSync(unsafe, `a,${NAMES.join(',')}\n`);
  const found = opened([safe, unsafe], folder, 'fods', 'CSV:59,34,76,1').map(
    (xml) => xml.match(/table:formula=/g)?.length ?? 0,
  );
  expect(found[0]).toBe(0);
  expect(found[1]).toBeGreaterThan(0);
});

test('LibreOffice opens the CSV of each section, and has the same cells', () => {
  const files = csvFiles(evidence);
  const paths = files.map(({ name, content }) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  });
  const tables = opened(paths, folder, 'fods', FILTER).map((xml) => tablesIn(xml)[0]);
  const expected = SECTIONS.flatMap((section) => {
    const table = tableOf(evidence, section);
    return table === undefined ? [] : [[table.headings, ...table.rows].map((row) => row.map(asText))];
  });
  expect(tables).toHaveLength(files.length);
  expect(tables).toEqual(expected);
});
