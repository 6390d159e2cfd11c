import { type Content, type Html, html, NOTHING } from '../../../html/html';
import type { Basis, Cell } from '../../../report/inventory-line';
import type { EvidencePointer, EvidenceRow, EvidenceStatus } from '../../core/evidence';
import { fill } from '../html/fill';
import type { Column } from '../html/table';
import type { PageWords } from '../words/en';

/** Marks that don't need colour, next to the word. */
const MARKS: Readonly<Record<EvidenceStatus, string>> = { ok: '✓', attention: '!', failed: '✕', unknown: '?' };

export const status = (of: EvidenceStatus, words: PageWords): Html =>
  html`<span class="status ${of}"><span aria-hidden="true">${MARKS[of]}</span> ${words.status[of]}</span>`;

/** What a statement is based on, in the words that the page explains at its end. */
export function basis(of: Basis, { basis: words }: PageWords): Html {
  switch (of.kind) {
    case 'enforced':
      return html`${words.enforced}`;
    case 'set':
      return fill(words.set, { by: of.by });
    case 'claimed': {
      const claim = fill(of.stale ? words.stale : words.claimed, { by: of.by, date: of.asOf });
      return of.origin === undefined ? claim : html`${claim} (${fill(words.origin, { origin: of.origin })})`;
    }
    case 'none':
      return html`${words.none}`;
  }
}

/** A text that may break after the parts of a path, a type or an address, where a line has no room for it. */
export const breakable = (text: string): Html =>
  html`${text.split(/(?<=[/:.@])(?=[^/:.@\s])/).map((part, index) => html`${index > 0 ? BREAK : NOTHING}${part}`)}`;

const BREAK = html`<wbr>`;

/** A value, and below it what it is based on. */
export const cell = (of: Cell | undefined, words: PageWords): Html =>
  of === undefined ? html`–` : html`${breakable(of.text)}<small class="basis">${basis(of.basis, words)}</small>`;

/** An identifier: the name of a construct or a file. */
export const code = (text: string): Html => html`<code>${breakable(text)}</code>`;

/** A time of day, which may break after its date: with milliseconds, it is wider than its column. */
export const moment = (at: string): Html =>
  html`<time class="moment">${at.split(/(?<=\dT)/).map((part, index) => html`${index > 0 ? BREAK : NOTHING}${part}`)}</time>`;

/** The code of a Region, on one line. */
export const regionCode = (region: string): Html => html`<code class="region">${region}</code>`;

export const list = (items: readonly Content[], empty: Content = html`–`): Html =>
  items.length === 0 ? html`${empty}` : html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;

/** A page's address, if it is one: the scheme decides what a click runs. */
const isPage = (url: string): boolean => /^https?:\/\//i.test(url) && URL.canParse(url);

const link = (url: string, words: PageWords): Html =>
  isPage(url) ? html`<a href="${url}" rel="noopener noreferrer">${words.source}</a>` : html`${url}`;

/** Where to look: the stack and the construct's path, or else the file. `name` is what the row says already. */
export function where({ stack, construct, file, path, url }: EvidencePointer, words: PageWords, name = ''): Html {
  const steps = [stack, construct ?? [file, path].filter(Boolean).join('#')].filter((step) => step && step !== name);
  return html`${steps.map((step) => html`<small class="where">${breakable(`${step}`)}</small>`)}${
    url === undefined ? NOTHING : html`<small>${link(url, words)}</small>`
  }`;
}

/** The first column: what the row is about, and where it is. */
export const lead = <Row extends EvidenceRow>(
  heading: string,
  name: (row: Row) => string,
  words: PageWords,
  kind: (row: Row) => Content = () => undefined,
): Column<Row> => ({
  heading,
  look: 'lead',
  cell: (row) => html`<strong>${code(name(row))}</strong>${kindOf(kind(row))}${where(row.pointer, words, name(row))}`,
});

const kindOf = (kind: Content): Html => (kind === undefined ? NOTHING : html`<small>${kind}</small>`);

/** Marks a sentence of the evidence for a screen reader that reads the page in another language. */
export const english = ({ lang }: PageWords): Html => (lang === 'en' ? NOTHING : html` lang="en"`);

/** The last columns of every table: the result with its reason, and what it is based on. */
export const outcome = <Row extends EvidenceRow>(words: PageWords): readonly Column<Row>[] => [
  {
    heading: words.columns.result,
    look: 'result',
    cell: ({ status: of, reason, remedy }) =>
      html`${status(of, words)} <span class="reason"${english(words)}>${reason}</span>${
        remedy === ''
          ? NOTHING
          : html`<span class="remedy"><b>${words.remedy}:</b> <span${english(words)}>${remedy}</span></span>`
      }`,
  },
  {
    heading: words.columns.basis,
    look: 'small',
    cell: ({ basis: of, date, criterion }) =>
      html`${basis(of, words)}${of.kind === 'claimed' ? NOTHING : html`<small>${fill(words.basis.on, { date: html`<time>${date}</time>` })}</small>`}<small>${code(criterion)}</small>`,
  },
];
