import { createHash } from 'node:crypto';
import { Html, html } from '../../../html/html';

const STYLE = `
:root { color-scheme: light dark; background: Canvas; color: CanvasText; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
article, section { border-top: 1px solid; padding: 1rem 0; }
dl { margin: 0; } dl dl, ol { padding-left: 1.25rem; } ol { margin: 0; }
dt { font-weight: 600; } dd { margin: 0; }
dl > div { margin-bottom: .25rem; }
@media (min-width: 40rem) { dl > div { display: grid; grid-template-columns: minmax(4rem, 8rem) 1fr; gap: 1rem; } dl dl, ol { padding-left: 0; } ol { padding-left: 1.25rem; } }
.text { white-space: pre-wrap; }
.generated { border-left: .4rem double; padding-left: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid; padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; }
a { display: inline-block; min-height: 24px; }
code { font-size: .8rem; }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  :root { font-size: 9.5pt; } body { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; min-height: 0; }
  h1, h2 { break-after: avoid; } p { orphans: 3; widows: 3; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
}
`;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** The beginning of a page up to its content. The page has no script, and its policy permits none and no request. */
export const pageStart = (title: string): Html =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${Html.trusted(STYLE)}</style>
</head>
<body>
`;

export const PAGE_END = html`</body>\n</html>\n`;
