import { type Content, type Html, html, NOTHING } from '../../../html/html';
import type { Evidence, EvidenceHead, EvidenceStatus } from '../../core/evidence';
import { fill, fillText } from '../html/fill';
import type { PageWords } from '../words/en';
import { code, regionCode, status } from './cells';

/** The report's name, for the heading, the browser's tab and each printed page. */
export const titleOf = ({ organisation }: EvidenceHead, words: PageWords): string =>
  organisation === undefined ? words.title : fillText(words.titleOf, { name: organisation.name });

const term = (name: string, value: Content): Html =>
  value === undefined ? NOTHING : html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const STATUSES: readonly EvidenceStatus[] = ['failed', 'unknown', 'attention', 'ok'];

function verdict({ summary }: EvidenceHead, words: PageWords): Html {
  if (summary.failed > 0) return fill(words.summary.failed, { count: summary.failed });
  const open = summary.attention + summary.unknown;
  return open > 0 ? fill(words.summary.unproven, { count: open }) : html`${words.summary.allOk}`;
}

/** Who is responsible, what was checked against what, and the result. */
export function head({ head: of, live, drills }: Evidence, words: PageWords): Html {
  const { organisation, boundary, facts, summary } = of;
  return html`<header>
<p class="eyebrow">${words.title}</p>
<h1>${organisation?.name ?? words.title}</h1>
<p class="verdict">${verdict(of, words)}</p>
<ul class="summary" aria-label="${words.summary.label}">${STATUSES.map(
    (each) => html`<li class="${each}"><b>${summary[each]}</b> ${status(each, words)}</li>`,
  )}</ul>
<dl class="facts">
${term(words.head.controller, organisation?.controller)}${term(words.head.officer, organisation?.dpo)}${term(words.head.date, html`<time>${of.date}</time>`)}${term(words.head.version, html`cdk-eu-residency ${of.version}`)}${term(words.head.boundary, code(boundary.name))}${term(words.head.countries, boundary.countries.join(', '))}${term(
  words.head.regions,
  boundary.regions.map((region, index) => html`${index > 0 ? ', ' : ''}${regionCode(region)}`),
)}${term(words.head.facts, html`${fill(words.head.factsAsOf, { release: facts.release, date: html`<time>${facts.asOf}</time>` })}<small>${words.head.hash} ${code(facts.sha256)}</small>`)}${term(words.head.accounts, accounts(of, words))}
</dl>
<p class="scope">${words.summary.scope}${live === undefined ? NOTHING : html` ${words.summary.live}`}${drills === undefined ? NOTHING : html` ${words.summary.drills}`}${words.lang === 'en' ? NOTHING : html` ${words.summary.language}`}</p>
</header>
`;
}

/** The accounts of a report over several, each with the hash of its own `evidence.json`. */
const accounts = ({ parts }: EvidenceHead, { head: words }: PageWords): Content =>
  parts?.map(
    ({ account, date, sha256, signedBy }) =>
      html`<div>${code(account)} <small>${fill(words.reportOf, { date: html`<time>${date}</time>` })}, evidence.json: ${words.hash} ${code(sha256)}${signedBy === undefined ? NOTHING : html`, ${fill(words.signedBy, { key: code(signedBy) })}`}</small></div>`,
  );

/** What the words in the column `Basis` mean. */
export const basisTerms = ({ basisTerms: terms, basis }: PageWords): Html => {
  const { title, ...meanings } = terms;
  const names = { ...basis, set: fill(basis.set, { by: '…' }), claimed: fill(basis.claimed, { by: '…', date: '…' }) };
  const stale = fill(basis.stale, { by: '…', date: '…' });
  const all = { ...names, stale };
  return html`<section aria-labelledby="terms"><h2 id="terms">${title}</h2><dl class="terms">${Object.entries(
    meanings,
  ).map(
    ([kind, meaning]) => html`<div><dt>${all[kind as keyof typeof meanings]}</dt><dd>${meaning}</dd></div>`,
  )}</dl></section>
`;
};
