import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { PACKAGED } from '@/lib/facts/packaged';
import { factsAge, factsAgePage } from '@/scripts/pages/facts-age-page';
import { model, profile } from '../support/aged-facts';

const ROOT = path.join(__dirname, '../..');

test('docs/FACTS-AGE.md is current', () => {
  expect(readFileSync(path.join(ROOT, factsAgePage.file), 'utf8')).toBe(factsAgePage.render());
});

describe('with a clock moved by 0, 90, 180 and 365 days', () => {
  const sample = parse(readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8'));
  const first: string = sample.models[0].destinations[0].bedrock;
  const days = ['2026-11-30', '2027-02-28', '2027-05-29', '2027-11-30'];
  const page = factsAge(
    PACKAGED.with({
      origin: { kind: 'release', version: 1 },
      models: [
        model(first.replace(/^eu\./, ''), { legacyFrom: '2026-12-08', endsAt: '2027-04-08' }),
        model('exemple.late', { endsAt: '2027-08-01' }),
        model('exemple.early', { endsNotBefore: '2027-01-01' }),
      ],
      profiles: [profile('eu.exemple.late'), profile('eu.exemple.early')],
      modelRetention: ['late', 'early'].map((name) => ({
        modelId: `exemple.${name}`,
        underNone: 'served',
        days: 0,
        keeper: null,
        what: 'nothing',
        source: 'test',
        asOf: '2026-11-30',
        confidence: 'high',
      })),
    }),
  );
  const row = (start: string) =>
    page
      .split('\n')
      .find((line) => line.startsWith(`| ${start} |`))
      ?.split(' | ')
      .slice(-4);
  const cells = (start: string) => row(start)?.map((cell) => cell.replace(/ \|$/, ''));

  test('each column is a day', () => expect(cells('model or profile')).toEqual(days));

  test('facts become stale', () => {
    expect(cells('`eu.exemple.early`')).toEqual(['listed', 'listed', 'stale', 'stale']);
  });

  test('a model is listed, then ending, then ended', () => {
    expect(cells('`eu.exemple.late`')).toEqual(['listed', 'listed', 'ending, stale', 'ended']);
  });

  test('a configuration is warned of the end of its model, and then refused by name', () => {
    const names = page.split('\n').filter((line) => line.startsWith('| `residency.yaml` |'));
    const [validate = '', synth = '', doctor = ''] = names;
    expect(validate).toContain(`| valid | valid | refused: ${first} | refused: ${first} |`);
    expect(synth).toMatch(/warnings? \| stops \| stops \|$/);
    expect(doctor.match(/\d (soon|missing)/g)).toEqual(['1 soon', '1 missing', '1 missing']);
  });
});
