import { readConfig } from '@/lib/config/load';
import { edited, linesOf } from './support';

/** A file whose workspace has a priced model, one without a price, and the given keys. */
const file = (more: string, head = '') =>
  `${head}${edited('    models: [assistant]\nprojects', `    models: [priced, assistant]\n${more}projects`).replace(
    /models:\n/,
    'models:\n  - { id: priced, destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }] }\n',
  )}`;
const KEYS = '    keys: {}\n';
const UNTIL = 'until: 2027-02-28';
const course = (keys: string) => `${KEYS}    courses: [{ id: algebra, ${UNTIL}, ${keys} }]\n`;
const CURRENCY = 'currency: { EUR: 0.86, asOf: 2026-11-24 }\n';
const workspaceOf = (text: string) => readConfig(text, 'residency.yaml').deployment?.workspaces[0];

test('a course has a group, models, an end and budgets', () => {
  const text = file(
    course('group: algebra-2027, models: [priced], budget: { tokens: 5, eur: 86 }, budgetPerMember: { usd: 1.5 }'),
    CURRENCY,
  );
  expect(workspaceOf(text)?.courses).toEqual([
    {
      id: 'algebra',
      group: 'algebra-2027',
      models: ['priced'],
      until: '2027-02-28',
      budget: { tokens: 5, usd: 100 },
      budgetPerMember: { usd: 1.5 },
    },
  ]);
});

test('the group of a course is its id by default, and a course needs no budget', () => {
  expect(workspaceOf(file(`${KEYS}    courses: [{ id: algebra, ${UNTIL} }]\n`))?.courses).toEqual([
    { id: 'algebra', group: 'algebra', until: '2027-02-28' },
  ]);
});

test('a course that is over is no mistake: a deployment goes on after its last day', () => {
  expect(linesOf(file(`${KEYS}    courses: [{ id: algebra, until: 2020-01-31 }]\n`))).toEqual([]);
});

test('groups, members and the workspace have budgets of a month', () => {
  const text = file(
    '    limits: { tokensPerMonth: 10, tokensPerMemberPerMonth: 5 }\n    groups: [{ name: physics, limits: { tokensPerMonth: 7 } }]\n',
  );
  const { limits, groups } = workspaceOf(text) ?? {};
  expect([limits, groups]).toEqual([
    { tokensPerMonth: 10, tokensPerMemberPerMonth: 5 },
    [{ name: 'physics', tokensPerMonth: 7 }],
  ]);
});

test.each<[string, string, string]>([
  [
    'a course without keys',
    `    courses: [{ id: algebra, ${UNTIL} }]\n`,
    "courses: needs 'keys', because only a member's API key charges a course; add 'keys: {}' to the workspace, or remove it",
  ],
  ['a course without an end', `${KEYS}    courses: [{ id: algebra }]\n`, 'courses[0].until: is missing'],
  ['no day', `${KEYS}    courses: [{ id: algebra, until: 2027-02-30 }]\n`, 'a day such as 2027-06-30'],
  ['no course', `${KEYS}    courses: []\n`, 'a list of courses, at least one'],
  [
    'a course twice',
    `${KEYS}    courses: [{ id: algebra, ${UNTIL} }, { id: algebra, group: other, ${UNTIL} }]\n`,
    "courses[1].id: found 'algebra' a second time; give each its own",
  ],
  [
    'a group twice',
    '    groups: [{ name: a, limits: { tokensPerMonth: 1 } }, { name: a, limits: { tokensPerMonth: 2 } }]\n',
    "groups[1].name: found 'a' a second time",
  ],
  ['a group without a budget', '    groups: [{ name: a, limits: {} }]\n', 'at least one'],
  [
    'a model that the workspace lacks',
    course('models: [pricd]'),
    "courses[0].models[0]: found 'pricd', which isn't a model of the workspace; allowed: priced, assistant; did you mean 'priced'?",
  ],
  ['a model twice', course('models: [priced, priced]'), "found 'priced' a second time"],
  ['an empty budget', course('budget: {}'), "either 'usd' or 'eur'"],
  ['an amount of less than a cent', course('budget: { usd: 0.001 }'), 'an amount from 0.01'],
  [
    'both currencies',
    course('models: [priced], budget: { usd: 1, eur: 1 }'),
    "eur: is set next to 'usd'; keep one of them",
  ],
  ['euros without a rate', course('models: [priced], budget: { eur: 1 }'), 'eur: needs your rate of euros'],
  [
    'euros of a group without a rate',
    '    groups: [{ name: a, limits: { eurPerMonth: 5 } }]\n',
    'needs your rate of euros',
  ],
  [
    'US dollars for a model without a price',
    course('models: [assistant], budgetPerMember: { usd: 1 }'),
    "courses[0].budgetPerMember.usd: can't be counted, because the facts have no reliable price of 'openai.gpt-oss-120b-1:0', a destination of " +
      "model 'assistant'; set 'tokens' instead",
  ],
  [
    'US dollars of members for a model without a price',
    '    limits: { usdPerMemberPerMonth: 1 }\n',
    "set 'tokensPerMemberPerMonth' instead",
  ],
])('%s is a mistake', (_, more, message) => {
  expect(linesOf(file(more)).join('\n')).toContain(message);
});

test('more courses than a gateway reads are a mistake', () => {
  const courses = Array.from({ length: 501 }, (_, nth) => `{ id: c${nth}, ${UNTIL} }`);
  expect(linesOf(file(`${KEYS}    courses: [${courses}]\n`)).join('\n')).toContain('at most 500 courses');
});
