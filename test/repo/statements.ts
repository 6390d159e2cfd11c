/** A sentence of a page, or a row of one of its tables, without its markup. */
export interface Statement {
  /** The heading that it is under. */
  readonly heading: string;
  readonly text: string;
}

/** The statements of a page in Markdown. Code blocks, headings and the heads of tables make none. */
export function statementsOf(page: string): Statement[] {
  const text = page.replace(/^ *```.*?^ *```$/gms, '').replace(/!\[[^\]]*\]\([^)]*\)/g, '');
  const lines = text.split('\n');
  const found: Statement[] = [];
  let heading = '';
  let paragraph: string[] = [];
  const endParagraph = () => {
    found.push(...sentencesOf(paragraph.join(' ')).map((text) => ({ heading, text })));
    paragraph = [];
  };
  for (const [at, line] of lines.entries()) {
    const isRow = /^\s*\|/.test(line);
    if (isRow || /^(#|\s*$|\s*- |\s*\d+\. )/.test(line)) endParagraph();
    if (/^#/.test(line)) heading = line.replace(/^#+ /, '');
    else if (isRow) {
      const isHead = BETWEEN.test(line) || BETWEEN.test(lines[at + 1] ?? '');
      if (!isHead) found.push({ heading, text: plain(line.trim().replace(/^\|\s*|\s*\|$/g, '')) });
    } else paragraph.push(line.replace(/^\s*(- |\d+\. )/, ''));
  }
  endParagraph();
  return found;
}

/** The line between the head of a table and its rows. */
const BETWEEN = /^\s*\|[\s|:-]*$/;

/** A sentence ends at a mark that a capital letter, code or a quotation follows. */
const sentencesOf = (paragraph: string): string[] =>
  paragraph
    .split(/(?<=[.:?!][)"’”]?)\s+(?=[A-Z`‘“"(*[])/)
    .map(plain)
    .filter((text) => text !== '');

const plain = (text: string): string =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*?([^*]+)\*\*?/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
