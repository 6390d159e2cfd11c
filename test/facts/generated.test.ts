import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isStale } from '@/lib/facts/age';
import { PROFILES } from '@/lib/facts/generated/profiles';
import { REGIONS } from '@/lib/facts/generated/regions';
import { SOURCES } from '@/lib/facts/generated/sources';
import { ZONES } from '@/lib/facts/generated/zones';
import { factModules } from '@/scripts/facts';

const FOLDER = path.join(__dirname, '../../lib/facts/generated');

test.each([...factModules()])("%s matches the generator's output", (file, content) => {
  expect(readFileSync(path.join(FOLDER, file), 'utf8')).toBe(content);
});

test('no obsolete generated module exists', () => {
  expect(readdirSync(FOLDER).sort()).toEqual([...factModules().keys()].sort());
});

test('rows are frozen', () => {
  expect(() => Object.assign(REGIONS[0] as object, { euMember: true })).toThrow(TypeError);
});

test('every row names a known source, a date and a confidence', () => {
  for (const row of [...REGIONS, ...ZONES, ...PROFILES]) {
    expect(Object.keys(SOURCES)).toContain(row.source);
    expect(row.asOf).toMatch(/^\d{4}(-\d{2}){0,2}$/);
    expect(['high', 'medium', 'low']).toContain(row.confidence);
  }
});

test('the EU member Regions are exactly the seven in the sources', () => {
  expect(REGIONS.filter((region) => region.euMember).map((region) => region.code)).toEqual(
    expect.arrayContaining([
      'eu-central-1',
      'eu-north-1',
      'eu-south-1',
      'eu-south-2',
      'eu-west-1',
      'eu-west-3',
      'eusc-de-east-1',
    ]),
  );
  expect(REGIONS.filter((region) => region.euMember)).toHaveLength(7);
});

test('no reliable eu. profile routes outside the EU from a source in the EU', () => {
  const eu = new Set(REGIONS.filter((region) => region.euMember).map((region) => region.code));
  for (const profile of PROFILES.filter((p) => p.prefix === 'eu' && p.confidence !== 'low')) {
    for (const [source, destinations] of Object.entries(profile.routes ?? {})) {
      const strays = destinations.filter((code) => !eu.has(code));
      expect({ id: profile.id, source, strays }).toEqual({
        id: profile.id,
        source,
        strays: eu.has(source) ? [] : [source],
      });
    }
  }
});

test.each([
  ['2026-10-18', '2026-11-24', false],
  ['2026-10-18', '2027-02-01', true],
  ['2026-04', '2026-07-29', false],
  ['2026-04', '2026-07-30', true],
  ['2025', '2026-03-31', false],
  ['2025', '2026-04-02', true],
])('a model dated %s is stale at %s: %s', (asOf, now, stale) => {
  expect(isStale('onDemandModel', { asOf }, new Date(now))).toBe(stale);
});
