import { type Html, html } from '../../../html/html';
import { textPieces } from './text';

/** What is nested deeper is shown as JSON: lists in lists in lists are no easier to read. */
const DEEPEST = 8;

const NONE = html`<i>none</i>`;

/** A value of JSON as HTML, in pieces: all of it, whatever it is. */
export function* valuePieces(value: unknown, depth = 0): Generator<Html> {
  if (typeof value === 'string') yield* stringPieces(value);
  else if (value === null || typeof value !== 'object') yield value === null ? NONE : html`${String(value)}`;
  else if (Object.keys(value).length === 0) yield NONE;
  else if (depth >= DEEPEST) yield* stringPieces(JSON.stringify(value));
  else if (Array.isArray(value)) yield* listPieces(value, depth);
  else yield* fieldPieces(value, depth);
}

/** The fields of an object, each with its name. */
export function* fieldPieces(value: object, depth = 0): Generator<Html> {
  yield html`<dl>`;
  for (const [name, field] of Object.entries(value)) {
    yield html`<div><dt>${name}</dt><dd>`;
    yield* valuePieces(field, depth + 1);
    yield html`</dd></div>`;
  }
  yield html`</dl>`;
}

function* listPieces(values: readonly unknown[], depth: number): Generator<Html> {
  yield html`<ol>`;
  for (const value of values) {
    yield html`<li>`;
    yield* valuePieces(value, depth + 1);
    yield html`</li>`;
  }
  yield html`</ol>`;
}

/** A longer text is of no use on a page, and would double what a download reads. */
const MOST_SHOWN = 500_000;

function* stringPieces(text: string): Generator<Html> {
  yield html`<span class="text">`;
  const end =
    text.length > MOST_SHOWN && /[\ud800-\udbff]/.test(text.charAt(MOST_SHOWN - 1)) ? MOST_SHOWN - 1 : MOST_SHOWN;
  yield* textPieces(text.slice(0, end));
  if (text.length > end)
    yield html`… The page ends here. The file of lines has the other ${`${text.length - end}`} characters.`;
  yield html`</span>`;
}
