import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EUROPE } from '@/lib/evidence/page/map/europe';
import { project } from '@/lib/evidence/page/map/project';
import { EU_COUNTRIES } from '@/lib/facts/generated/countries';
import { REGION_COORDINATES } from '@/lib/facts/generated/region-coordinates';

const ROOT = path.join(__dirname, '../../..');

/** In a process of its own, because jest doesn't load d3's ES modules. */
const run = (code: string): string =>
  execFileSync(process.execPath, ['--import', 'tsx', '--eval', code], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e7 });

test('the map is what the atlas gives; after a change: npm run map', () => {
  const file = 'lib/evidence/page/map/europe.ts';
  const committed = readFileSync(path.join(ROOT, file), 'utf8');
  expect(run("process.stdout.write(require('./scripts/map/europe.ts').europe())")).toBe(committed);
  expect(Buffer.byteLength(committed)).toBeLessThanOrEqual(60_000);
});

test('every member state is a path of its own, Malta too', () => {
  for (const country of EU_COUNTRIES) expect(EUROPE[country]).toMatch(/^M\d+ \d+l[\d -]+z/);
});

test('a position is where d3 draws it, to a tenth of a unit', () => {
  const places = REGION_COORDINATES.map(({ longitude, latitude }) => [longitude, latitude]);
  const drawn = run(
    `const { projection } = require('./scripts/map/europe.ts'); console.log(JSON.stringify(${JSON.stringify(places)}.map((place) => projection(place))))`,
  );
  const expected: readonly [number, number][] = JSON.parse(drawn);
  for (const [index, coordinates] of REGION_COORDINATES.entries()) {
    const { x, y } = project(coordinates);
    expect(Math.hypot(x - (expected[index]?.[0] ?? 0), y - (expected[index]?.[1] ?? 0))).toBeLessThan(0.1);
  }
});
