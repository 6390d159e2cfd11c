import { costCsv } from '@/lib/report/cost/cost-csv';
import type { CostLine } from '@/lib/report/cost/cost-line';
import { costTable } from '@/lib/report/cost/cost-table';
import { type Features, NO_FEATURES } from '@/lib/report/cost/features';
import type { Gateway } from '@/lib/report/cost/gateways';
import { usePart } from '@/lib/report/cost/use-part';

const NOW = new Date('2026-11-30');
const USE = {
  members: 0,
  active: 1,
  turns: 0,
  requests: 0,
  inputTokens: 1000,
  outputTokens: 100,
  cached: 0.5,
  files: 0,
};
const gateway = (over: Partial<Gateway> = {}): Gateway => ({
  tenant: 'workspace/a',
  region: 'eu-central-1',
  memory: 1,
  models: { assistant: ['eu.anthropic.claude-sonnet-5'] },
  isFederated: false,
  isLite: true,
  ...over,
});
const cents = (lines: readonly CostLine[], item: RegExp) =>
  lines.filter((line) => item.test(line.item)).map((line) => line.cents);
const users = (gateways: readonly Gateway[], members: number) =>
  cents(usePart(gateways, { ...USE, members }, NOW), /^users/);

test('of members who sign in through an identity provider, 50 are free; of others 10,000', () => {
  expect(users([gateway({ isFederated: true })], 50)).toEqual([0]);
  // 450 × $0.015
  expect(users([gateway({ isFederated: true })], 500)).toEqual([6_75]);
  // 5,000 × $0.0055
  expect(users([gateway()], 15_000)).toEqual([27_50]);
});

test('workspaces whose members sign in in the same way share the free users', () => {
  const three = ['a', 'b'].map((id) => gateway({ tenant: `workspace/${id}`, isFederated: true }));
  // 475 × $0.015 = $7.125, each
  expect(users([...three, gateway({ tenant: 'workspace/c' })], 500)).toEqual([7_13, 7_13, 0]);
});

test('the price of users of another tier is unknown', () => {
  expect(users([gateway({ isLite: false })], 10)).toEqual([undefined]);
});

const turn = { ...USE, members: 1, turns: 1_000_000 };

test('a turn of a workspace writes a link twice, in the row and in its index, and the trail records one call', () => {
  const quantityOf = (tenant: string, item: string) =>
    usePart([gateway({ tenant })], { ...turn, requests: 1_000_000, inputTokens: 0, outputTokens: 0 }, NOW).find(
      (line) => line.item === item,
    )?.quantity;
  // A segment of 8,192 bytes and its header are 9 units, each written twice. Two counts of tokens follow, and two of the month.
  expect(quantityOf('workspace/a', 'table writes')).toBe(1_000_000 * (18 + 2 + 2 + 2));
  expect(quantityOf('projects', 'table writes')).toBe(1_000_000 * 3);
  expect(quantityOf('workspace/a', 'data events of the trail')).toBe(1_000_000 * (4 + 4 + 1 + 2));
});

const quantities = (features: Partial<Features>, use: object = {}, tenant = 'workspace/a') => {
  const used = { ...turn, requests: 1_000_000, inputTokens: 0, outputTokens: 0, ...use };
  const lines = usePart([gateway({ tenant, features: { ...NO_FEATURES, ...features } })], used, NOW);
  return (item: string) => lines.find((line) => line.item === item)?.quantity;
};

test.each([
  ['keys of members', { keys: true }, [1, 0, 1]],
  ['open projects', { open: true }, [1, 0, 1]],
  ['a count of running requests', { running: true }, [1, 2, 3]],
  // Of three roles with a group each: the user, the link and six names, then the user, three groups and three memberships, the query of
  // the member's groups, and twenty of them.
  ['SCIM', { scim: {} }, [36, 0, 4]],
  ['budgets', { budgets: { reads: 2, writes: 3 } }, [2, 3, 5]],
  ['two of them', { keys: true, running: true }, [2, 2, 4]],
])('with %s, each request takes more', (_, features, more) => {
  const items = ['table reads', 'table writes', 'data events of the trail'];
  const [before, after] = [quantities({}), quantities(features)].map((of) => items.map((item) => of(item) ?? 0));
  expect(after?.map((quantity, at) => (quantity - (before?.[at] ?? 0)) / 1_000_000)).toEqual(more);
});

test('a share of the turns is answered in the background, only where a workspace has it', () => {
  const share = { background: 0.25, inputTokens: 1_000 };
  const jobs = quantities({ background: true }, share);
  expect(jobs('background jobs: calls of functions')).toBe(250_000);
  // 10 s of the worker, and 2 requests that read the answer, with 1 GB
  expect(jobs('background jobs: time of functions')).toBe(250_000 * 12);
  // 5,000 bytes of the request are 5 units, each written twice.
  expect(jobs('background jobs: table writes')).toBe(250_000 * (11 + 10));
  expect(jobs('background jobs: requests of the API')).toBe(500_000);
  // The worker and both requests read the budgets. What the job used is written once, as of any turn.
  const further = { keys: true, budgets: { reads: 2, writes: 3 } };
  const checked = quantities({ background: true, ...further }, share);
  const [reads, writes] = ['background jobs: table reads', 'background jobs: table writes'].map(
    (item) => (checked(item) ?? 0) - (jobs(item) ?? 0),
  );
  expect([reads, writes]).toEqual([250_000 * 3 * (1 + 2), 0]);
  expect(quantities({}, share)('background jobs: calls of functions')).toBeUndefined();
  expect(quantities({ background: true })('background jobs: calls of functions')).toBeUndefined();
});

test('office files are converted by a function of its own memory, only where a workspace has it', () => {
  const files = { members: 100, active: 0.5, turns: 1, officeFiles: 3 };
  const converted = quantities({ conversion: { gb: 2 } }, files);
  expect(converted('conversion of office files: calls of functions')).toBe(150);
  expect(converted('conversion of office files: time of functions')).toBe(150 * 10 * 2);
  expect(quantities({ conversion: {} }, files)('conversion of office files: time of functions')).toBeUndefined();
  expect(quantities({}, files)('conversion of office files: calls of functions')).toBeUndefined();
});

test('each member changes once a month by SCIM, active or not, and is in its directory', () => {
  const of = quantities({ scim: { gb: 0.5 } }, { members: 30_000, active: 0, turns: 0 });
  expect(of('changes by SCIM: calls of functions')).toBe(30_000);
  expect(of('changes by SCIM: table writes')).toBe(300_000);
  expect(of('directory of SCIM in its table')).toBeCloseTo((30_000 * 2_048) / 2 ** 30);
});

test('content is counted for its retention period, at most for a year', () => {
  const [short, year, always] = [30, 365, undefined].map((days) =>
    cents(usePart([gateway(days === undefined ? {} : { days })], turn, NOW), /^content in tables/),
  );
  expect(year).toEqual(always);
  // 1,000,000 × 600 tokens × 5 bytes × 30 ÷ 30.4167 months = 2.7557 GB × $0.306
  expect(short).toEqual([84]);
});

test('a project stores nothing', () => {
  const lines = usePart([gateway({ tenant: 'projects' })], { ...turn, requests: 1000 }, NOW);
  expect(lines.filter(({ item }) => /content|backups|files|users/.test(item))).toEqual([]);
  expect(lines.length).toBeGreaterThan(10);
});

test.each([
  ['eu.anthropic.claude-sonnet-5', [2_20, 1_10, 11, 1_38, 1_10]],
  ['a model without a sourced price', [undefined, undefined, undefined, undefined, undefined]],
  // Its cache has no price to write: what that costs is unknown.
  ['eu.amazon.nova-lite-v1:0', [8, 3, 1, undefined, 3]],
  ['minimax.minimax-m2.5 in eu-west-1', [36, 14, undefined, undefined, 14]],
])('%s', (model, expected) => {
  const lines = usePart([gateway()], { ...USE, members: 1, turns: 1000 }, NOW, model);
  expect(cents(lines, /^(in|out)put of/)).toEqual(expected);
});

test('CSV is by tenant, says what is unknown, and quotes what a spreadsheet would run', () => {
  const line: CostLine = {
    tenant: 'workspace/b',
    part: 'fixed',
    region: 'eu-central-1',
    item: '=1,"2"',
    cents: undefined,
  };
  const price = { usd: 5, units: 1, unit: 'web ACLs', free: 0, source: 'list', asOf: '2026-10-01', stale: false };
  const known: CostLine = { ...line, tenant: 'workspace/a', item: 'web ACL', quantity: 1, price, cents: 500 };
  expect(costCsv([line, known, line], { EUR: 0.86, asOf: '2026-11-02' })).toBe(
    [
      'tenant,part,region,item,quantity,unit,price,price_units,free,usd,eur,price_as_of,price_source',
      `workspace/b,fixed,eu-central-1,"'=1,""2""",unknown,,unknown,,,unknown,unknown,,`,
      `workspace/b,fixed,eu-central-1,"'=1,""2""",unknown,,unknown,,,unknown,unknown,,`,
      'workspace/a,fixed,eu-central-1,web ACL,1,web ACLs,5,1,0,5.00,4.30,2026-10-01,list',
    ].join('\n'),
  );
});

test('a table with an unknown price says so in every sum that it belongs to', () => {
  const fixed = { lines: [], byUse: [], unknown: ['AWS::A::B'] };
  const use = { ...USE, members: 10, turns: 10 };
  const gateways = [gateway({ models: { a: ['none'] } })];
  const table = costTable({ fixed, use: usePart(gateways, use, NOW), gateways }, { use, additions: [] });
  expect(table).toContain('\nTotal: $0.01 and what is unknown per month, with the cache $0.01 and what is unknown\n');
  expect(table).toContain('\nUnknown prices: AWS::A::B.\n');
  expect(table).toMatch(/^Use without models: \$0\.01 per month$/m);
});
