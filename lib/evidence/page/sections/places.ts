import { type Html, html } from '../../../html/html';
import type { Evidence, RegionRow } from '../../core/evidence';
import { fill } from '../html/fill';
import { map } from '../map/map';
import { placesOf } from '../map/places';
import type { PageWords } from '../words/en';
import { lead, regionCode } from './cells';
import { rowsTable, section } from './section';

/** What a Region does, with how much of it. */
function uses(evidence: Evidence, words: PageWords): (row: RegionRow) => Html {
  const places = new Map(placesOf(evidence).map((place) => [place.row.region, place]));
  return (row) => {
    const place = places.get(row.region);
    const counts = (['stores', 'keys', 'gateways'] as const)
      .filter((each) => place !== undefined && place[each] > 0)
      .map((each) => fill(words.counts[each], { count: place?.[each] }));
    return html`${row.uses.map((use) => words.uses[use]).join(', ') || words.map.noUse}${counts.map((count) => html`<small>${count}</small>`)}`;
  };
}

/** The map, and its content as tables: the Regions, and where data goes from each. */
export function places(evidence: Evidence, words: PageWords): Html {
  const regions = rowsTable(
    'regions',
    evidence.regions,
    [
      lead(
        words.columns.region,
        ({ region }) => region,
        words,
        ({ name, country }) => html`${name}, ${country}<small>${words.namedBy}</small>`,
      ),
      {
        heading: words.columns.place,
        look: 'small',
        cell: ({ isInside }) => (isInside ? words.place.inside : words.place.outside),
      },
      { heading: words.columns.uses, cell: uses(evidence, words) },
    ],
    words,
  );
  const flows = rowsTable(
    'flows',
    evidence.flows,
    [
      lead(words.columns.from, ({ from }) => from, words),
      { heading: words.columns.to, cell: ({ to }) => regionCode(to) },
      { heading: words.columns.what, look: 'small', cell: ({ kind }) => words.flows[kind] },
    ],
    words,
  );
  const heading = (id: 'regions' | 'flows') => html`<h3 id="${id}">${words.sections[id]}</h3>\n`;
  return section(
    'places',
    words,
    html`${map(evidence, words)}${heading('regions')}${regions}\n${heading('flows')}${flows}`,
  );
}
