import { priceOf, priceText } from '@/lib/report/models/price-of';

const NOW = new Date('2026-11-30');
const LATER = new Date('2027-06-01');

test('a profile costs the same from each Region', () => {
  const price = priceOf('eu.amazon.nova-2-lite-v1:0', 'eu-west-1', NOW);
  expect(price).toMatchObject({ inputPerMillion: 0.429, outputPerMillion: 3.597, currency: 'USD', stale: false });
  expect(price && priceText(price)).toBe('$0.429 in, $3.597 out for a million tokens, as of 2026-11-20');
});

test('a model has the price of the Region that is called, and none where no source says it', () => {
  expect(priceOf('deepseek.v3.2', 'eu-north-1', NOW)).toMatchObject({ inputPerMillion: 0.74 });
  expect(priceOf('deepseek.v3.2', 'eu-central-1', NOW)).toBeUndefined();
  expect(priceOf('amazon.titan-embed-text-v2:0', 'eu-central-1', NOW)).toBeUndefined();
});

test('whole cents are written as such', () => {
  const price = priceOf('eu.anthropic.claude-sonnet-5', 'eu-west-1', NOW);
  expect(price && priceText(price)).toMatch(/^\$\d+\.\d\d in, \$\d+\.\d\d out/);
});

test('an old price is marked', () => {
  const price = priceOf('eu.amazon.nova-2-lite-v1:0', 'eu-west-1', LATER);
  expect(price && priceText(price)).toMatch(/2026-11-20\*$/);
});
