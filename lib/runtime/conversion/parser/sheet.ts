import { MAX_TEXT_BYTES } from '../../../contract/conversion';
import type { Archive } from './archive';
import { MAX_REPEATED } from './bounds';
import { asDate, asNumber } from './cell-value';
import type { SharedTexts } from './shared-texts';
import type { TextSink } from './text-sink';
import { readXml } from './xml';

/** What the cells of a workbook refer to. */
export interface Workbook {
  readonly texts: SharedTexts;
  /** Whether each style is of a date. */
  readonly isDate: readonly boolean[];
  /** The first year of its dates. */
  readonly system: 1900 | 1904;
}

/** Writes the rows of a sheet that have content. */
export async function readSheet(archive: Archive, part: string, workbook: Workbook, sink: TextSink): Promise<void> {
  let [row, value] = ['', ''];
  /** The columns that the row has so far, and that of the open cell. */
  let [columns, column] = [0, 0];
  let [type, style] = ['n', -1];
  let isValue = false;
  let isPhonetic = false;
  await readXml(archive.read(part), {
    open: (name, attributes) => {
      switch (name) {
        case 'row':
          row = '';
          columns = 0;
          column = 0;
          break;
        case 'c':
          column = columnOf(attributes.r) ?? column + 1;
          type = attributes.t ?? 'n';
          style = attributes.s === undefined ? -1 : Number(attributes.s);
          value = '';
          break;
        case 'f':
          sink.lose('formulas');
          break;
        case 'rPh':
          isPhonetic = true;
          break;
        case 'v':
          isValue = true;
          break;
        case 't':
          isValue = !isPhonetic;
          break;
        default:
      }
    },
    text: (text) => {
      if (!isValue) return;
      value += text;
      if (value.length + row.length > MAX_TEXT_BYTES) sink.add(row + value);
    },
    close: (name) => {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'rPh') isPhonetic = false;
      else if (name === 'c') {
        const shown = value === '' ? '' : show(value, type, style, workbook).replace(/\s+/g, ' ').trim();
        if (shown === '') return;
        const between = columns === 0 ? column - 1 : column - columns;
        row += '\t'.repeat(Math.min(Math.max(between, columns === 0 ? 0 : 1), MAX_REPEATED)) + shown;
        columns = column;
        if (row.length > MAX_TEXT_BYTES) sink.add(row);
      } else if (name === 'row' && row !== '') sink.add(`${row}\n`);
    },
  });
}

function show(value: string, type: string, style: number, { texts, isDate, system }: Workbook): string {
  if (type === 's') return texts.at(Number(value));
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  const number = Number(value);
  if (type !== 'n' || !Number.isFinite(number)) return value;
  return (isDate[style] === true ? asDate(number, system) : undefined) ?? asNumber(number);
}

/** The number of the column in a reference such as `AB12`; undefined if it has none. */
function columnOf(reference: string | undefined): number | undefined {
  const [letters] = /^[A-Z]{1,3}(?=\d)/.exec(reference ?? '') ?? [];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
