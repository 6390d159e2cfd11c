import { map } from '@/lib/evidence/page/map/map';
import { PROJECTION, project } from '@/lib/evidence/page/map/project';
import { page } from '@/lib/evidence/page/page';
import { EN } from '@/lib/evidence/page/words/en';
import { REGION_COORDINATES } from '@/lib/facts/generated/region-coordinates';
import { REGIONS } from '@/lib/facts/generated/regions';
import { EVIDENCE } from './evidence';
import { textOf } from './text-of';

const MAP = `${map(EVIDENCE, EN)}`;

/** The mark of a Region: its class, its position and its texts. */
function markOf(region: string) {
  const [, look, inner = ''] =
    new RegExp(`<g class="region ([^"]*)" data-region="${region}"[^>]*>([\\s\\S]*?)</g></g>\n`).exec(MAP) ?? [];
  const [, x, y] = /(?:cx="|d="M)(-?[\d.]+)(?:" cy="| )([\d.]+)/.exec(inner) ?? [];
  return { look, x: Number(x), y: Number(y), texts: textOf(inner).split('\n').filter(Boolean) };
}

test('each Region in Europe that the facts name a city for has coordinates, on the map', () => {
  const european = REGIONS.filter(({ code, city }) => /^eu(sc)?-/.test(code) && city !== null);
  expect(REGION_COORDINATES.map(({ code }) => code).sort()).toEqual(european.map(({ code }) => code).sort());
  for (const coordinates of REGION_COORDINATES) {
    const { x, y } = project(coordinates);
    expect(x).toBeGreaterThan(100);
    expect(x).toBeLessThan(PROJECTION.width - 200);
    expect(y).toBeGreaterThan(100);
    expect(y).toBeLessThan(PROJECTION.height - 60);
  }
});

test('a Region that holds something, one that may only be reached, and one outside look different, with what they hold', () => {
  expect(markOf('eu-central-1')).toMatchObject({
    look: 'in holds',
    texts: ['eu-central-1', 'Frankfurt', '1', '2', '2'],
  });
  expect(markOf('eu-north-1')).toMatchObject({ look: 'in reached', texts: ['eu-north-1', 'Stockholm'] });
  expect(markOf('eu-west-2')).toMatchObject({ look: 'out reached', texts: ['eu-west-2', 'London'] });
});

test('a key with replicas is counted in each of their Regions', () => {
  expect(markOf('eu-west-1')).toMatchObject({ look: 'in holds', texts: ['eu-west-1', 'Dublin', '1'] });
});

test('a Region that isn’t in Europe, and one that isn’t known, stand in the margin, and count as outside', () => {
  expect(markOf('us-east-1')).toMatchObject({ look: 'out reached' });
  expect(markOf('unknown')).toMatchObject({ look: 'out holds' });
  for (const region of ['us-east-1', 'unknown']) expect(markOf(region).x).toBeLessThan(0);
  expect(markOf('eu-west-2').x).toBeGreaterThan(0);
  const { regions, flows, stores, models, ...rest } = EVIDENCE;
  const inside = {
    ...rest,
    regions: regions.slice(0, 3),
    flows: flows.slice(0, 3),
    stores: stores.slice(0, 1),
    // A host outside AWS stands in the margin, too.
    models: models.filter(({ sourceRegion }) => sourceRegion.startsWith('eu-')),
  };
  expect(MAP).toContain('viewBox="-190 0 1090 800"');
  expect(`${map(inside, EN)}`).toContain('viewBox="0 0 900 800"');
});

test('each flow is one arrow, and one that leads outside is marked', () => {
  const arrows = [...MAP.matchAll(/<path class="flow ([^"]*)" d="[^"]*" marker-end="url\(#([a-z-]*)\)"/g)].map(
    ([, ...of]) => of,
  );
  expect(arrows).toEqual([
    ['inference', 'tip'],
    ['replication', 'tip-copy'],
    ['key-copy', 'tip-copy'],
    ['other outside', 'tip-outside'],
    ['other outside', 'tip-outside'],
  ]);
  const twice = { ...EVIDENCE, flows: [...EVIDENCE.flows, ...EVIDENCE.flows] };
  expect(`${map(twice, EN)}`).toBe(MAP);
});

test('the countries of the boundary are filled, and no other', () => {
  const inside = [...MAP.matchAll(/<path class="inside" data-country="([A-Z]{2})"/g)].map(([, country]) => country);
  expect(inside.sort()).toEqual([...EVIDENCE.head.boundary.countries].sort());
});

test('the description says what the map shows, and the tables after it have each Region and flow', () => {
  const [, description = ''] = /<desc[^>]*>([\s\S]*?)<\/desc>/.exec(MAP) ?? [];
  const rows = [...page(EVIDENCE).matchAll(/<tr role="row" id="(region|flow)[\s\S]*?<\/tr>/g)].map(([row]) =>
    textOf(row),
  );
  for (const { region, name } of EVIDENCE.regions) {
    expect(description).toContain(`${region}, ${name}, `);
    expect(rows.filter((row) => row.includes(region) && row.includes(name))).toHaveLength(1);
  }
  for (const { kind, from, to } of EVIDENCE.flows) {
    expect(description).toContain(`${EN.flows[kind]} from ${from} to ${to}.`);
    expect(rows.filter((row) => row.includes(EN.flows[kind]) && row.includes(from) && row.includes(to))).toHaveLength(
      1,
    );
  }
});
