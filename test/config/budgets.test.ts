import { readConfig } from '@/lib/config/load';
import { edited, linesOf, VALID } from './support';

const LIST = VALID.slice(VALID.indexOf('projects:'));
const PRICED = 'destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }]';

/** A file whose only project has these limits, and a model with a price. */
const file = (limits: string, head = '') =>
  `${head}${edited(
    LIST,
    `projects: [{ id: bot, models: [priced], limits: ${limits} }]\nalerts: [security@example.eu]\n`,
  ).replace(/models:\n/, `models:\n  - { id: priced, ${PRICED} }\n`)}`;
const CURRENCY = 'currency: { EUR: 0.86, asOf: 2026-11-24 }\n';
const limitsOf = (text: string) => readConfig(text, 'residency.yaml').deployment?.projects[0]?.limits;

test('a project has budgets in tokens and in US dollars', () => {
  expect(limitsOf(file('{ tokensPerMonth: 1000000, usdPerMonth: 49.99 }'))).toEqual({
    tokensPerMonth: 1_000_000,
    usdPerMonth: 49.99,
  });
});

test.each([
  [86, 100],
  [100, 116.27],
  [0.1, 0.11],
  [0.86, 1],
  [1_000_000, 1_162_790.69],
])('%d euros become %d US dollars, rounded down', (eur, usd) => {
  expect(limitsOf(file(`{ eurPerMonth: ${eur} }`, CURRENCY))).toEqual({ usdPerMonth: usd });
});

test('open projects have budgets too', () => {
  const open = `projects: { open: { models: [priced], limits: { eurPerMonth: 86 }, maximum: 5 } }\nalerts: [security@example.eu]\n`;
  const text = `${CURRENCY}${edited(LIST, open).replace(/models:\n/, `models:\n  - { id: priced, ${PRICED} }\n`)}`;
  expect(readConfig(text, 'residency.yaml').deployment?.openProjects?.limits).toEqual({ usdPerMonth: 100 });
});

test.each([
  ['{ usdPerMonth: 0 }', 'found the number 0; allowed: an amount from 0.01 to 1000000 with at most two decimals'],
  [
    '{ usdPerMonth: 1.005 }',
    'found the number 1.005; allowed: an amount from 0.01 to 1000000 with at most two decimals',
  ],
  ['{ usdPerMonth: many }', "found 'many'; allowed: an amount from 0.01 to 1000000 with at most two decimals"],
  ['{ tokensPerMonth: 1.5 }', 'found the number 1.5; allowed: a whole number from 1 to 1000000000000'],
  [
    '{ eurPerMonth: 5 }',
    "eurPerMonth: needs your rate of euros for US dollars, in which prices are; add for example 'currency: { EUR: 0.86, asOf: 2026-11-24 }', or set 'usdPerMonth'",
  ],
  ['{ eurPerMonth: 5, usdPerMonth: 5 }', "eurPerMonth: is set next to 'usdPerMonth'; keep one of them"],
])('%s is a mistake', (limits, message) => {
  expect(linesOf(file(limits))).toEqual([expect.stringContaining(message)]);
});

test('a budget in money needs a price of every destination', () => {
  const unpriced = file('{ usdPerMonth: 5 }').replace(
    PRICED,
    'destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }, { bedrock: amazon.titan-embed-text-v2:0 }]',
  );
  expect(linesOf(unpriced)).toEqual([
    expect.stringContaining(
      "projects[0].limits.usdPerMonth: can't be counted, because the facts have no reliable price of 'amazon.titan-embed-text-v2:0', a destination of model " +
        "'priced'; set 'tokensPerMonth' instead, or name destinations with a price ('eu-residency models' shows them)",
    ),
  ]);
  expect(linesOf(unpriced.replace('usdPerMonth', 'tokensPerMonth'))).toEqual([]);
});
