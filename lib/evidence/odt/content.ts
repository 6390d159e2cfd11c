import { escaped } from '../tree/escape';
import type { Block, Content, DocumentTree, Inline } from '../tree/tree';
import { NAMESPACES } from './namespaces';

const cellStyle = (name: string, background: string) =>
  `<style:style style:name="${name}" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border="0.5pt solid #767676"${background}/></style:style>`;

/** A text document can't have styles of tables that are shared by name. */
const TABLE_STYLES = `<style:style style:name="Table" style:family="table"><style:table-properties style:width="17cm" table:align="left"/></style:style>${cellStyle('Cell', '')}${cellStyle('HeadingCell', ' fo:background-color="#eeeeee"')}`;

/** `content.xml`: what the document says. */
export function content({ title, blocks }: DocumentTree): string {
  let tables = 0;
  const body = blocks.map((block) => {
    if (block.kind === 'table') tables++;
    return blockXml(block, tables);
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content ${NAMESPACES} office:version="1.3"><office:automatic-styles>${TABLE_STYLES}</office:automatic-styles><office:body><office:text>${headingXml(1, title)}${body.join('')}</office:text></office:body></office:document-content>
`;
}

const headingXml = (level: number, text: string) =>
  `<text:h text:style-name="Heading_20_${level}" text:outline-level="${level}">${textXml(text)}</text:h>`;

function blockXml(block: Block, tables: number): string {
  switch (block.kind) {
    case 'heading':
      return headingXml(block.level, block.text);
    case 'paragraph':
      return paragraphXml('Text_20_body', block.content);
    case 'list':
      return `<text:list text:style-name="List_20_1">${block.items
        .map((item) => `<text:list-item>${paragraphXml('Text_20_body', item)}</text:list-item>`)
        .join('')}</text:list>`;
    case 'table': {
      const head = rowXml(
        'Table_20_Heading',
        'HeadingCell',
        block.head.map((cell) => [cell]),
      );
      const rows = block.rows.map((row) => rowXml('Table_20_Contents', 'Cell', row));
      return (
        `<table:table table:name="Table${tables}" table:style-name="Table"><table:table-column table:number-columns-repeated="${block.head.length}"/>` +
        `<table:table-header-rows>${head}</table:table-header-rows>${rows.join('')}</table:table>${paragraphXml('Text_20_body', [])}`
      );
    }
  }
}

const rowXml = (paragraphStyle: string, cellStyle: string, cells: readonly Content[]) =>
  `<table:table-row>${cells
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
