import { escaped } from '../tree/escape';
import type { Block, Content, DocumentTree, Inline, Table } from '../tree/tree';
import { NAMESPACES } from './namespaces';
import { columnStyle, tableStyles } from './table';

/** `content.xml`: what the document says. */
export function content({ title, blocks }: DocumentTree): string {
  const tables = blocks.filter((block): block is Table => block.kind === 'table');
  const body = blocks.map((block) =>
    block.kind === 'table' ? tableXml(block, tables.indexOf(block)) : blockXml(block),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content ${NAMESPACES} office:version="1.3"><office:automatic-styles>${tableStyles(tables)}</office:automatic-styles><office:body><office:text>${headingXml(1, title)}${body.join('')}</office:text></office:body></office:document-content>
`;
}

const blockXml = (block: Exclude<Block, Table>) =>
  block.kind === 'heading' ? headingXml(block.level, block.text) : paragraphXml('Text_20_body', block.content);

const headingXml = (level: number, text: string) =>
  `<text:h text:style-name="Heading_20_${level}" text:outline-level="${level}">${textXml(text)}</text:h>`;

function tableXml({ head, rows, widths }: Table, nth: number): string {
  const columns = widths.map((_, column) => `<table:table-column table:style-name="${columnStyle(nth, column)}"/>`);
  const heading = rowXml(
    'Table_20_Heading',
    'HeadingCell',
    head.map((cell) => [cell]),
  );
  return (
    `<table:table table:name="Table${nth + 1}" table:style-name="Table">${columns.join('')}` +
    `<table:table-header-rows>${heading}</table:table-header-rows>` +
    `${rows.map((row) => rowXml('Table_20_Contents', 'Cell', row)).join('')}</table:table>${paragraphXml('Text_20_body', [])}`
  );
}

const rowXml = (paragraphStyle: string, cellStyle: string, cells: readonly Content[]) =>
  `<table:table-row table:style-name="Row">${cells
    .map(
      (cell) =>
        `<table:table-cell table:style-name="${cellStyle}" office:value-type="string">${paragraphXml(paragraphStyle, cell)}</table:table-cell>`,
    )
    .join('')}</table:table-row>`;

const paragraphXml = (style: string, inlines: Content) =>
  `<text:p text:style-name="${style}">${inlines.map(inlineXml).join('')}</text:p>`;

function inlineXml(inline: Inline): string {
  if (typeof inline === 'string') return textXml(inline);
  switch (inline.kind) {
    case 'field':
      return `<text:span text:style-name="Field">[${textXml(inline.text)}]</text:span>`;
    case 'code':
      return `<text:span text:style-name="Source_20_Text">${textXml(inline.text)}</text:span>`;
    case 'link':
      return /^https:\/\//.test(inline.href)
        ? `<text:a xlink:type="simple" xlink:href="${escaped(inline.href)}">${textXml(inline.text)}</text:a>`
        : textXml(inline.text);
  }
}

/** OpenDocument collapses white space as HTML does, so what a text has of it is written as elements. */
const textXml = (text: string): string =>
  escaped(text)
    .replace(/\r\n?|\n/g, '<text:line-break/>')
    .replace(/\t/g, '<text:tab/>')
    .replace(/^ | (?= )| $/g, '<text:s/>');
