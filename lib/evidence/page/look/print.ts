import { cssString } from '../html/css-string';

/**
 * A4, with the report's name and date on each page, no row cut in two, and addresses of links as text. A table's head is repeated on each
 * page only if it contains no box of its own, which a button is.
 */
export const print = (title: string, date: string): string => `
@page { size: A4; margin: 16mm 13mm 15mm; @top-left { content: ${cssString(title)}; font: 8pt sans-serif; color: #566172; } @top-right { content: ${cssString(date)}; font: 8pt sans-serif; color: #566172; } @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #566172; } }
@media print {
  html { font-size: 9pt; }
  body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .page { padding: 0; max-width: none; }
  .side, .skip { display: none; }
  .filtered:not([hidden]) { display: block; font-weight: 600; }
  h1 { font-size: 20pt; } h2 { font-size: 13pt; padding-top: 7mm; margin-bottom: 2mm; } h3 { font-size: 10pt; padding-top: 5mm; }
  h2, h3 { break-after: avoid; }
  p { orphans: 3; widows: 3; }
  table { font-size: 7.5pt; } th { font-size: 7pt; } small, .scope, .credit, .legend { font-size: 7pt; } .status { font-size: 7pt; }
  th, td { padding: 1.5mm 2.5mm 1.5mm 0; }
  thead { display: table-header-group; break-inside: avoid; }
  tr, figure, .summary, .facts div { break-inside: avoid; }
  .summary { gap: 3mm; margin-bottom: 4mm; } .summary li { padding: 2mm 3mm; } .summary b { font-size: 14pt; }
  .map > svg { width: auto; height: 108mm; max-width: 100%; margin: 0 auto; }
  .facts { grid-template-columns: repeat(3, 1fr); gap: 2.5mm 6mm; padding-top: 3mm; margin: 0; }
  th button { display: contents; } th button::after { content: none; }
  a { color: inherit; text-decoration: none; }
  a[href^="http"]::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; }
}
`;
