import { type Content, type Html, html } from '../../../html/html';
import { visible } from '../../../html/visible';

export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => Content;
  /** How wide it is, and how its text is set: a class of the stylesheet. */
  readonly look?: 'lead' | 'small' | 'wide' | 'result';
}

export interface Table<Row> {
  /** Of the section that it stands in; its heading names the table. */
  readonly section: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** What the page's filter reads, and the place of the row in the document. */
  readonly about?: (row: Row) => { readonly id: string; readonly status: string };
  /** In place of a table without rows. */
  readonly none: string;
}

/** An ID as HTML allows it: without spaces. */
const anchor = (id: string): string => encodeURIComponent(visible(id));

/**
 * A table. On a narrow screen each row becomes a card and each cell is labelled, so the roles are written out: some browsers drop
 * those of a table that is laid out otherwise.
 */
export function table<Row>({ section, columns, rows, about, none }: Table<Row>): Html {
  if (rows.length === 0) return html`<p class="none">${none}</p>`;
  const row = (of: Row) => {
    const { id, status } = about?.(of) ?? {};
    const attributes = id === undefined ? html`` : html` id="${anchor(id)}" data-status="${status}"`;
    return html`<tr role="row"${attributes}>${columns.map(
      ({ heading, cell, look }) => html`<td role="cell"${looks(look)} data-label="${heading}">${cell(of)}</td>`,
    )}</tr>\n`;
  };
  return html`<table role="table" aria-labelledby="${section}"><thead role="rowgroup"><tr role="row">${columns.map(
    ({ heading, look }) => html`<th role="columnheader" scope="col"${looks(look)}>${heading}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">
${rows.map(row)}</tbody></table>`;
}

const looks = (look: string | undefined): Html => (look === undefined ? html`` : html` class="${look}"`);
