import { type Html, html, NOTHING } from '../../../html/html';
import type { Evidence } from '../../core/evidence';
import { fill, fillText } from '../html/fill';
import type { PageWords } from '../words/en';
import { type Arrow, arrowsOf, classOf, drawArrow, TIPS } from './arrows';
import { EUROPE, OTHER_LAND } from './europe';
import { holds, type Place, placesOf } from './places';
import { PROJECTION } from './project';

/** What the map says about a Region, as a sentence. */
const sentence = ({ row }: Place, words: PageWords): string =>
  fillText(words.map.region, {
    region: row.region,
    name: row.name,
    country: row.country,
    place: row.isInside ? words.place.inside : words.place.outside,
    uses: row.uses.map((use) => words.uses[use]).join(', ') || words.map.noUse,
  });

const flowSentence = ({ kind, from, to }: Arrow, words: PageWords): string =>
  fillText(words.map.flow, { kind: words.flows[kind], from: from.row.region, to: to.row.region });

const land = ({ head }: Evidence): Html => {
  const inside = new Set(head.boundary.countries);
  const paths = Object.entries(EUROPE).map(
    ([country, path]) =>
      html`<path${inside.has(country) ? html` class="inside"` : NOTHING} data-country="${country}" d="${path}"/>\n`,
  );
  return html`<g class="land"><path d="${OTHER_LAND}"/>\n${paths}</g>\n`;
};

/** Small shapes with numbers: a square for stores, a lozenge for keys, a triangle for gateways. The key to the map explains them. */
const SHAPES = { stores: 'M0-9h9v9h-9z', keys: 'M5-10l5 5.500-5 5.500-5-5.500z', gateways: 'M5-10l5.500 10h-11z' };

/** The numbers of a Region's stores, keys and gateways, below its label. */
function counts(place: Place, isLeft: boolean): Html {
  let at = 0;
  const parts = (['stores', 'keys', 'gateways'] as const)
    .filter((each) => place[each] > 0)
    .map((each) => {
      const part = html`<g transform="translate(${at})"><path d="${SHAPES[each]}"/><text x="14">${place[each]}</text></g>`;
      at += 24 + 8 * `${place[each]}`.length;
      return part;
    });
  const start = isLeft ? place.x - LABEL - at + 10 : place.x + LABEL;
  return html`<g class="counts" transform="translate(${Math.round(start)} ${Math.round(place.y) + 36})">${parts}</g>`;
}

/** How far a label is from its mark. */
const LABEL = 16;

function mark(place: Place): Html {
  const { x, y, row, side, isElsewhere } = place;
  const look = [row.isInside ? 'in' : 'out', holds(place) ? 'holds' : 'reached'].join(' ');
  const isLeft = side === 'left' && !isElsewhere;
  const shape = row.isInside
    ? html`<circle cx="${x}" cy="${y}" r="8"/>`
    : html`<path d="M${x} ${y - 10}l10 10-10 10-10-10z"/>`;
  const at = x + (isLeft ? -LABEL : LABEL);
  const name = html`<text class="name" x="${at}" y="${y + 20}">${row.name}</text>`;
  return html`<g class="region ${look}" data-region="${row.region}"${isLeft ? html` text-anchor="end"` : NOTHING}>${shape}<text x="${at}" y="${y + 4}">${row.region}</text>${name}<g text-anchor="start">${counts(place, isLeft)}</g></g>
`;
}

/** The key to the map: its marks in words. */
const legend = (arrows: readonly Arrow[], places: readonly Place[], words: PageWords): Html => {
  const dot = (look: string, text: string) =>
    html`<li><svg viewBox="0 0 24 24" aria-hidden="true"><g class="region ${look}">${
      look.startsWith('out') ? html`<path d="M12 3l9 9-9 9-9-9z"/>` : html`<circle cx="12" cy="12" r="8"/>`
    }</g></svg>${text}</li>`;
  const shape = (each: keyof typeof SHAPES) =>
    html`<li><svg viewBox="-2 -12 16 16" aria-hidden="true"><g class="counts"><path d="${SHAPES[each]}"/></g></svg>${fill(words.counts[each], { count: places.reduce((sum, place) => sum + place[each], 0) })}</li>`;
  const line = (kind: Arrow['kind']) =>
    html`<li><svg viewBox="0 0 36 24" aria-hidden="true"><path class="flow ${classOf(kind)}" d="M2 12h32"/></svg>${words.flows[kind]}</li>`;
  const land = html`<li><svg viewBox="0 0 24 24" aria-hidden="true"><g class="land"><path class="inside" d="M2 5h20v14h-20z"/></g></svg>${words.map.countries}</li>`;
  return html`<ul class="legend" aria-label="${words.map.legend}">${land}${dot('in holds', words.map.holds)}${dot('in reached', words.map.reachable)}${
    places.some(({ row }) => !row.isInside) ? dot('out holds', words.map.outside) : NOTHING
  }${shape('stores')}${shape('keys')}${shape('gateways')}${[...new Set(arrows.map(({ kind }) => kind))].map(line)}</ul>`;
};

/** The map, with a description that says what it shows; the tables after it have the same content. */
export function map(evidence: Evidence, words: PageWords): Html {
  const places = placesOf(evidence);
  const arrows = arrowsOf(evidence.flows, places);
  const elsewhere = places.some(({ isElsewhere }) => isElsewhere);
  const left = elsewhere ? -190 : 0;
  const { width, height } = PROJECTION;
  const description = [
    ...places.map((place) => sentence(place, words)),
    ...arrows.map((arrow) => flowSentence(arrow, words)),
  ].join(' ');
  return html`<figure class="map">
<svg viewBox="${left} 0 ${width - left} ${height}" role="img" aria-labelledby="map-title map-description">
<title id="map-title">${words.map.title}</title>
<desc id="map-description">${description}</desc>
<defs>${TIPS.map(
    (id) =>
      html`<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0l8 4-8 4z"/></marker>`,
  )}</defs>
<rect class="sea" x="${left}" width="${width - left}" height="${height}"/>
${land(evidence)}${
  elsewhere
    ? html`<rect class="margin" x="${left}" width="${-left}" height="${height}"/><text class="margin-title" x="-170" y="28">${words.map.outsideMap}</text>\n`
    : NOTHING
}${arrows.map(drawArrow)}${places.map(mark)}</svg>
<figcaption>${legend(arrows, places, words)}<p class="credit">${words.map.source}</p></figcaption>
</figure>
`;
}
