import { escaped } from '../tree/escape';
import type { DocumentTree } from '../tree/tree';
import { NAMESPACES } from './namespaces';

/** Most programs check spelling only with a country, and the text doesn't depend on it. */
const COUNTRIES: Readonly<Record<string, string>> = { en: 'IE', fr: 'FR', de: 'DE' };

const paragraphStyle = (name: string, shown: string, more: string, text: string) =>
  `<style:style style:name="${name}" style:display-name="${shown}" style:family="paragraph" style:parent-style-name="Standard"${more}</style:paragraph-properties><style:text-properties ${text}/></style:style>`;

const headingStyle = (level: number, size: string, before: string) =>
  paragraphStyle(
    `Heading_20_${level}`,
    `Heading ${level}`,
    ` style:next-style-name="Text_20_body" style:default-outline-level="${level}" style:class="text"><style:paragraph-properties fo:margin-top="${before}" fo:margin-bottom="0.2cm" fo:keep-with-next="always">`,
    `style:font-name="Sans" fo:font-size="${size}" fo:font-weight="bold"`,
  );

/** `styles.xml`: A4, and a look that a reader can change by the names of the styles. */
export const styles = ({ language, title }: DocumentTree): string => `<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles ${NAMESPACES} office:version="1.3"><office:font-face-decls><style:font-face style:name="Serif" svg:font-family="'Liberation Serif'" style:font-family-generic="roman"/><style:font-face style:name="Sans" svg:font-family="'Liberation Sans'" style:font-family-generic="swiss"/><style:font-face style:name="Mono" svg:font-family="'Liberation Mono'" style:font-family-generic="modern"/></office:font-face-decls><office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="Serif" fo:font-size="11pt" fo:language="${escaped(language)}" fo:country="${COUNTRIES[language] ?? 'none'}"/></style:default-style><style:style style:name="Standard" style:family="paragraph"/>${[
  paragraphStyle('Text_20_body', 'Text body', '><style:paragraph-properties fo:margin-bottom="0.2cm">', ''),
  paragraphStyle('Table_20_Contents', 'Table Contents', '><style:paragraph-properties>', 'fo:font-size="9.5pt"'),
  paragraphStyle(
    'Table_20_Heading',
    'Table Heading',
    '><style:paragraph-properties>',
    'style:font-name="Sans" fo:font-size="9.5pt" fo:font-weight="bold"',
  ),
  headingStyle(1, '18pt', '0cm'),
  headingStyle(2, '14pt', '0.6cm'),
  headingStyle(3, '11.5pt', '0.4cm'),
].join(
  '',
)}<style:style style:name="Source_20_Text" style:display-name="Source Text" style:family="text"><style:text-properties style:font-name="Mono" fo:font-size="9pt"/></style:style><style:style style:name="Field" style:family="text"><style:text-properties fo:background-color="#fff2a8"/></style:style></office:styles><office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/></style:footer-style></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"><style:footer><text:p text:style-name="Table_20_Contents">${escaped(title)} · <text:page-number text:select-page="current"/> / <text:page-count/></text:p></style:footer></style:master-page></office:master-styles></office:document-styles>
`;
