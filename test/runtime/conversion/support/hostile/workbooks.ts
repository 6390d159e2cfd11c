import { sheet, xlsx } from '../documents';
import { DAMAGED, type Hostile, numbers, TOO_LARGE } from './hostile';

const row = (cells: string) => sheet(`<row>${cells}</row>`);
const book = (xml: string, more: object = {}) => xlsx({ sheets: [{ name: 'S', xml }], ...more });

/** Workbooks. */
export const WORKBOOKS: readonly Hostile[] = [
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
];
