import { escaped } from './escape';
import type { Block, Content, DocumentTree, Inline, Table } from './tree';

/** For a screen and for A4. A reader can't load anything else: the policy below refuses it. */
const STYLE = `body{font:11pt/1.45 "Liberation Serif",Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
h1,h2,h3,th{font-family:"Liberation Sans",Arial,sans-serif;line-height:1.25}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem}
div{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.9em}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#eee}code{font-family:"Liberation Mono",monospace;font-size:.9em;overflow-wrap:anywhere}mark{background:#fff2a8;border:1px dashed #8a6d00;padding:0 .2em}
@page{size:A4;margin:20mm}@media print{body{max-width:none;margin:0;padding:0}thead{display:table-header-group}tr{break-inside:avoid}h2,h3{break-after:avoid}div{overflow:visible}a{color:inherit}}`;

/** A document as one file that requests nothing. */
export function html({ language, title, generator, blocks }: DocumentTree): string {
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<meta name="generator" content="${escaped(generator)}">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${blocks.map(blockHtml).join('\n')}
</main>
</body>
</html>
`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${contentHtml(block.content)}</p>`;
    case 'table':
      return tableHtml(block);
  }
}

function tableHtml({ head, rows, widths }: Table): string {
  const all = widths.reduce((sum, width) => sum + width, 0);
  const columns = widths.map((width) => `<col style="width:${Math.round((100 * width) / all)}%">`).join('');
  const cells = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('');
  const lines = rows.map((row) => `<tr>${row.map((cell) => `<td>${contentHtml(cell)}</td>`).join('')}</tr>`);
  return `<div><table>\n<colgroup>${columns}</colgroup>\n<thead><tr>${cells}</tr></thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table></div>`;
}

const contentHtml = (content: Content): string => content.map(inlineHtml).join('');

function inlineHtml(inline: Inline): string {
  if (typeof inline === 'string') return escaped(inline);
  const text = escaped(inline.text);
  switch (inline.kind) {
    case 'field':
      return `<mark>[${text}]</mark>`;
    case 'code':
      return `<code>${text}</code>`;
    case 'link':
      return `<a href="${escaped(webAddress(inline.href))}">${text}</a>`;
  }
}

/** A link leads to the web or nowhere: the address may come from a template or a declaration. */
const webAddress = (href: string): string => (/^https:\/\//.test(href) ? href : '#');
