import { type Html, html, NOTHING } from '../../../html/html';
import type { Evidence } from '../../core/evidence';
import type { PageWords } from '../words/en';
import type { SectionId } from './section';

const PARTS: readonly SectionId[] = [
  'places',
  'tenants',
  'stores',
  'keys',
  'models',
  'exceptions',
  'findings',
  'alarms',
  'live',
  'drills',
  'templates',
];

/** How many rows a part has, next to its name; a part of several tables has none. */
const count = (evidence: Evidence, part: SectionId): number | undefined =>
  part === 'places' || part === 'templates' ? undefined : evidence[part as 'stores']?.length;

/** The table of contents, and what the script needs: it shows them. */
export const side = (evidence: Evidence, words: PageWords): Html => {
  const parts = PARTS.filter((part) => (part !== 'live' && part !== 'drills') || evidence[part] !== undefined);
  const { controls, status } = words;
  return html`<div class="side">
<nav aria-label="${words.contents}"><ol>${parts.map((part) => {
    const rows = count(evidence, part);
    return html`<li><a href="#${part}">${words.sections[part]}${rows === undefined ? NOTHING : ` (${rows})`}</a></li>`;
  })}</ol></nav>
<div class="controls" id="controls" role="search" aria-label="${controls.label}" data-sort="${controls.sort}" hidden>
<label>${controls.filter}<input id="filter" type="search" autocomplete="off"></label>
<label>${controls.result}<select id="result"><option value="">${controls.all}</option>${Object.entries(status).map(
    ([value, name]) => html`<option value="${value}">${name}</option>`,
  )}</select></label>
<label>${controls.theme}<select id="theme"><option value="">${controls.automatic}</option><option value="light">${controls.light}</option><option value="dark">${controls.dark}</option></select></label>
<p class="shown" id="shown" role="status" data-sentence="${controls.shown}"></p>
</div>
</div>
`;
};
