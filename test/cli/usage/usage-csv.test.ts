import fc from 'fast-check';
import { linesOfProject, linesOfWorkspace, usageCsv } from '@/lib/cli/usage/usage-csv';
import { sumsOfLabels, usageTable } from '@/lib/cli/usage/usage-sums';
import { NANO_DOLLARS, nanoDollarsOf, TOKEN_KINDS, tokenPrices, tokensByKind } from '@/lib/contract/token-prices';
import { PRICES } from '@/lib/facts/generated/prices';
import { isReliable } from '@/lib/facts/reliance';
import { costRow } from '@/lib/report/cost/cost-csv';
import type { CostLine } from '@/lib/report/cost/cost-line';
import { euroCents } from '@/lib/report/cost/currency';
import { modelLines } from '@/lib/report/cost/model-lines';
import { tokenLine } from '@/lib/report/cost/token-line';
import type { UseOfDestination } from '@/lib/runtime/gateway/limits/destination-parts';
import type { DayOfUse } from '@/lib/runtime/gateway/limits/read-usage';

const NOW = new Date('2026-11-24T12:00:00Z');
const COMMAND = { by: 'tenant', since: '2026-11-01', until: '2026-11-30' } as const;
const CURRENCY = { EUR: 0.86, asOf: '2026-11-24' };
const PRICED = PRICES.filter(isReliable).map(({ id, region }): [id: string, region: string] => [
  id,
  region ?? 'eu-central-1',
]);

/** A day on which one destination counted tokens. */
function dayOf(at: Omit<UseOfDestination, 'model'>, over: Partial<DayOfUse> = {}): DayOfUse {
  const { input, output, cacheRead, cacheWrite } = at.tokens;
  const use = { tokens: input + output + cacheRead + cacheWrite, cached: cacheRead, cacheWrite };
  return {
    ...{ day: '2026-11-24', tenant: 'bot', ...use },
    models: new Map([['assistant', use]]),
    destinations: [{ ...at, model: 'assistant' }],
    ...over,
  };
}

/** The cells of lines that don't say whose they are. */
const cells = (lines: readonly CostLine[]) => lines.map((line) => costRow(line, CURRENCY).slice(2));

const NONE = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
type Tokens = UseOfDestination['tokens'];

/** The tokens of a month on two of its days. */
const onTwoDays = (tokens: Tokens): Tokens[] => {
  const some = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, Math.floor(tokens[kind] / 3)]));
  const rest = Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, tokens[kind] - Math.floor(tokens[kind] / 3)]));
  return [some, rest].map((one) => ({ ...NONE, ...one }));
};

test.each(PRICED)('for the same tokens of %s in %s, the lines of usage and cost agree to the cent', (id, region) => {
  const gateway = { tenant: 'projects', region: 'eu-central-1', models: {}, isFederated: false, isLite: true };
  const turn = fc.record({
    turns: fc.nat(400_000),
    inputTokens: fc.nat(9_000).map((count) => 4 * count),
    outputTokens: fc.nat(9_000),
    cached: fc.constantFrom(0, 0.25, 1),
  });
  fc.assert(
    fc.property(turn, ({ turns, ...of }) => {
      const use = { members: 0, active: 0, turns: 0, requests: 0, files: 0, ...of };
      const assumed = modelLines(gateway, `${id} in ${region}`, turns, use, NOW);
      const linesOf = (part: CostLine['part']) =>
        cells(assumed.filter((line) => line.part === part && line.quantity !== 0)).sort();
      const usedLines = (tokens: Partial<Tokens>) => {
        const days = onTwoDays({ ...NONE, ...tokens }).map((one) => dayOf({ region, destination: id, tokens: one }));
        return cells(linesOfProject('bot', days, [], COMMAND, NOW).map(({ cost }) => cost)).sort();
      };
      const [input, output] = [turns * of.inputTokens, turns * of.outputTokens];
      expect(usedLines({ input, output })).toEqual(linesOf('model'));
      const [cacheRead, cacheWrite] = [input * of.cached, input * (1 - of.cached)];
      expect(usedLines({ output, cacheRead, cacheWrite })).toEqual(linesOf('cached-model'));
    }),
    { numRuns: 20 },
  );
});

test.each(PRICED)('a budget counts the same amount for %s in %s, rounded up by less than a billionth', (id, region) => {
  const fact = PRICES.find((row) => row.id === id && (row.region ?? region) === region && isReliable(row));
  if (fact === undefined) throw new Error('no price');
  fc.assert(
    fc.property(fc.nat(2_000_000), fc.nat(200_000), (prompt, completion) => {
      const tokens = tokensByKind({ prompt, completion, cached: 0 });
      const exact = (prompt * fact.inputPerMillion + completion * fact.outputPerMillion) / 1e6;
      const counted = nanoDollarsOf(tokenPrices(fact), tokens) / NANO_DOLLARS;
      expect(counted - exact).toBeGreaterThan(-1e-9);
      expect(counted - exact).toBeLessThan(2e-9);
    }),
    { numRuns: 50 },
  );
});

const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const AT = { region: 'eu-central-1', destination: SONNET };
const tokens = { input: 1_000_000, output: 500_000, cacheRead: 0, cacheWrite: 0 };

test('a line for each kind, in the form of cost, with euros where a rate is declared', () => {
  const csv = usageCsv(linesOfProject('bot', [dayOf({ ...AT, tokens })], [], COMMAND, NOW), CURRENCY);
  expect(csv.split('\n')).toEqual([
    'period,group,label,model,tenant,part,region,item,quantity,unit,price,price_units,free,usd,eur,price_as_of,price_source',
    `2026-11-01/2026-11-30,,,assistant,project/bot,model,eu-central-1,input of ${SONNET},1000000,tokens,3.3,1000000,0,3.30,2.84,2026-11-20,litellm-1.110.2`,
    `2026-11-01/2026-11-30,,,assistant,project/bot,model,eu-central-1,output of ${SONNET},500000,tokens,16.5,1000000,0,8.25,7.10,2026-11-20,litellm-1.110.2`,
  ]);
});

test('days of version 0.1.0 have an unknown cost, and never 0', () => {
  const old = { models: new Map(), destinations: [], tokens: 70 };
  const half = {
    models: new Map([['assistant', { tokens: 30, cached: 0, cacheWrite: 0 }]]),
    destinations: [],
    tokens: 50,
  };
  const days = [dayOf({ ...AT, tokens }, old), dayOf({ ...AT, tokens }, half)];
  const lines = linesOfProject('bot', days, [], COMMAND, NOW);
  expect(lines.map(({ model, cost }) => [model, costRow(cost).slice(3)])).toEqual([
    ['', ['tokens of an unknown kind and destination', '90', '', 'unknown', '', '', 'unknown', '', '']],
    ['assistant', ['tokens of an unknown kind and destination', '30', '', 'unknown', '', '', 'unknown', '', '']],
  ]);
});

test('what has no price, and what no fact knows, is unknown', () => {
  const at = { region: 'eu-central-1', destination: 'vpc/qwen' };
  const lines = linesOfProject('bot', [dayOf({ ...at, tokens })], [], COMMAND, NOW);
  expect(lines.map(({ cost }) => costRow(cost)[9])).toEqual(['unknown', 'unknown']);
});

test('days are lines of their own only if they are asked for', () => {
  const days = ['2026-11-23', '2026-11-24'].map((day) => dayOf({ ...AT, tokens }, { day }));
  const periods = (by: 'day' | 'tenant') =>
    linesOfProject('bot', days, [], { ...COMMAND, by }, NOW).map(({ period, cost }) => [period, cost.quantity]);
  expect(periods('tenant')).toEqual([
    ['2026-11-01/2026-11-30', 2_000_000],
    ['2026-11-01/2026-11-30', 1_000_000],
  ]);
  expect(periods('day')).toEqual([
    ...[1_000_000, 500_000].map((count) => ['2026-11-23', count]),
    ...[1_000_000, 500_000].map((count) => ['2026-11-24', count]),
  ]);
});

test('labels split the whole use: what has none is the rest, and is never negative', () => {
  const part = { input: 400_000, output: 500_000, cacheRead: 0, cacheWrite: 0 };
  const labels = [dayOf({ ...AT, tokens: part }, { label: 'Stadt A' })];
  const days = [dayOf({ ...AT, tokens })];
  const lines = linesOfProject('bot', days, labels, { ...COMMAND, by: 'label' }, NOW);
  expect(lines.map(({ label, cost }) => [label, cost.item, cost.quantity])).toEqual([
    ['', `input of ${SONNET}`, 600_000],
    ['Stadt A', `input of ${SONNET}`, 400_000],
    ['Stadt A', `output of ${SONNET}`, 500_000],
  ]);
  expect(sumsOfLabels(days, labels).map(({ label, tokens: count }) => [label, count])).toEqual([
    ['Stadt A', 900_000],
    [undefined, 600_000],
  ]);
  expect(sumsOfLabels([], labels)).toHaveLength(1);
  expect(linesOfProject('bot', [], labels, { ...COMMAND, by: 'label' }, NOW)).toHaveLength(2);
});

/** Days of two models of one destination, and what labels used of them. */
const uses = fc
  .array(
    fc.record({
      day: fc.constantFrom('2026-11-23', '2026-11-24', '2026-11-25'),
      model: fc.constantFrom('assistant', 'helper'),
      label: fc.constantFrom('Stadt A', 'Stadt B', 'Stadt C', undefined),
      destination: fc.constantFrom(SONNET, 'eu.anthropic.claude-haiku-4-5-20251001-v1:0'),
      tokens: fc.record({
        input: fc.nat(9_000),
        output: fc.nat(3_000),
        cacheRead: fc.nat(900),
        cacheWrite: fc.nat(900),
      }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((all) =>
    all.map(({ day, model, label, destination, tokens: some }) => {
      const one = dayOf({ region: 'eu-central-1', destination, tokens: some }, { day });
      const models = new Map([...one.models.values()].map((use) => [model, use] as const));
      const destinations = one.destinations.map((at) => ({ ...at, model }));
      return { ...one, models, destinations, ...(label !== undefined && { label }) };
    }),
  );

/** The sums of the amounts that are printed, in cents. */
const sums = (csv: string): number[] => {
  const [headings = [], ...rows] = csv.split('\n').map((line) => line.replaceAll(/"[^"]*"/g, '').split(','));
  return ['usd', 'eur'].map((name) => {
    const at = headings.indexOf(name);
    return rows.reduce((all, row) => all + Math.round(100 * Number(row[at])), 0);
  });
};

test('by tenant, day, model and label, the lines sum to the cents and euro cents of all tokens together', () => {
  const billOf = (days: readonly DayOfUse[]) => {
    const all = new Map<string, CostLine>();
    for (const { destinations } of days) {
      for (const { region, destination: id, tokens: byKind } of destinations) {
        for (const kind of TOKEN_KINDS) {
          const key = `${id} ${kind}`;
          const sum = (all.get(key)?.quantity ?? 0) + byKind[kind];
          all.set(key, tokenLine({ tenant: 'project/bot', part: 'model', region, id, kind, tokens: sum }, NOW));
        }
      }
    }
    const costs = [...all.values()].map((cost) => cost.cents ?? 0);
    const sumOf = (some: readonly number[]) => some.reduce((one, other) => one + other, 0);
    return [sumOf(costs), sumOf(costs.map((cents) => euroCents(cents, CURRENCY)))];
  };
  fc.assert(
    fc.property(uses, (all) => {
      const labels = all.filter(({ label }) => label !== undefined);
      const days = all.map(({ label: _, ...day }) => day);
      const bill = billOf(days);
      for (const by of ['tenant', 'day', 'model', 'label'] as const) {
        const lines = linesOfProject('bot', days, labels, { ...COMMAND, by }, NOW);
        expect([by, ...sums(usageCsv(lines, CURRENCY))]).toEqual([by, ...bill]);
      }
    }),
    { numRuns: 200 },
  );
});

test('a hostile label starts no formula, adds no cell and moves no terminal', () => {
  const label = '=HYPERLINK("http://evil.example","x"),\u001b[31m';
  const labels = [dayOf({ ...AT, tokens }, { label })];
  const days = [dayOf({ ...AT, tokens })];
  const csv = usageCsv(linesOfProject('bot', days, labels, { ...COMMAND, by: 'label' }, NOW));
  expect(csv).toContain(`,"'=HYPERLINK(""http://evil.example"",""x""),\u001b[31m",assistant,`);
  expect(usageTable(sumsOfLabels(days, labels), 'label')).not.toContain('\u001b');
});

test('a workspace has lines of whole blocks, without a cost', () => {
  const sum = { tenant: 'sciences', kind: 'workspace', month: '2026-10', tokens: 500 } as const;
  const lines = linesOfWorkspace([
    { ...sum, model: 'large', with: 'other models' },
    { ...sum, group: '@physics' },
  ]);
  expect(usageCsv(lines).split('\n').slice(1)).toEqual([
    '2026-10,,,large,workspace/sciences,model,,"tokens, with other models",500,,unknown,,,unknown,,',
    "2026-10,'@physics,,,workspace/sciences,model,,tokens,500,,unknown,,,unknown,,",
  ]);
});
