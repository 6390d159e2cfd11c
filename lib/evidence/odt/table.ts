import type { Table } from '../tree/tree';

/** Of A4 with margins of 2 cm. */
const PAGE_CM = 17;

/** The styles of cells, rows and columns. A text document can't share them by name with others, so they are its own. */
export function tableStyles(tables: readonly Table[]): string {
  const columns = tables.flatMap(({ widths }, nth) => {
    const all = widths.reduce((sum, width) => sum + width, 0);
    return widths.map(
      (width, column) =>
        `<style:style style:name="${columnStyle(nth, column)}" style:family="table-column"><style:table-column-properties style:column-width="${((PAGE_CM * width) / all).toFixed(2)}cm"/></style:style>`,
    );
  });
  return (
    `<style:style style:name="Table" style:family="table"><style:table-properties style:width="${PAGE_CM}cm" table:align="left"/></style:style>` +
    '<style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/></style:style>' +
    cellStyle('Cell', '') +
    cellStyle('HeadingCell', ' fo:background-color="#eeeeee"') +
    columns.join('')
  );
}

/** The style of a column: the table by its number in the document, and the column by its number in the table. */
export const columnStyle = (table: number, column: number): string => `Table${table + 1}.${column + 1}`;

const cellStyle = (name: string, background: string) =>
  `<style:style style:name="${name}" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #767676"${background}/></style:style>`;
