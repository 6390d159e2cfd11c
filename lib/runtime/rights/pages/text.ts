import { type Html, html } from '../../../html/html';

/** Escaped text is up to six times as long, so a long text is escaped in slices. */
const SLICE = 8_192;

/** A text as HTML, in pieces. Breaks of lines and tabs stay, because a page shows them. */
export function* textPieces(text: string): Generator<Html> {
  for (let at = 0; at < text.length; ) {
    const end = sliceEnd(text, at);
    yield html`${text.slice(at, end).split(SHOWN).map(shown)}`;
    at = end;
  }
}

const SHOWN = /(\r?\n|\t)/;

/** Every second part is what the text was split at. */
const shown = (part: string, index: number): string | Html => {
  if (index % 2 === 0) return part;
  return part === '\t' ? TAB : BREAK;
};

const TAB = html`\t`;
const BREAK = html`\n`;

/** No slice ends between the two units of a character, or within a break of lines. */
function sliceEnd(text: string, at: number): number {
  const end = at + SLICE;
  return end < text.length && /[\ud800-\udbff\r]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
