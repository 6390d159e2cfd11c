import { performance } from 'node:perf_hooks';
import { loadConfig } from '@/lib/config/load';
import type { DeploymentConfig, IdentityConfig } from '@/lib/config/model/config';
import { keyedGateway } from '../../runtime/gateway/support/keyed-gateway';
import { deploymentStacks } from '../../support/deployment';
import { type Declared, declaredIn } from './declared';
import { REFUSAL_MS, type TenantLimits } from './gateway';
import { type Outcome, simulate, type Traffic } from './simulate';

// The sample, with one more tenant of each kind.
const { deployment } = loadConfig('residency.yaml');
if (deployment === undefined) throw new Error('the sample deploys nothing');
const twice = <T extends { readonly id: string }>(tenants: readonly T[], id: string) =>
  tenants.flatMap((tenant) => [tenant, { ...tenant, id }]);
const declaredBy = (api: DeploymentConfig['api'], clients: IdentityConfig['clients'] = {}) =>
  declaredIn(
    deploymentStacks({
      ...deployment,
      api,
      workspaces: twice(
        deployment.workspaces.map((one) => ({ ...one, identity: { groups: {}, clients } })),
        'office',
      ),
      projects: twice(deployment.projects, 'search'),
    }),
  );
const declared = declaredBy(undefined);
const [sciences = '', office = '', projects = ''] = declared.apis.map(({ name }) => name);

const WITH_KEY = { method: 'POST', headers: ['authorization'] } as const;
/** A person, who sends a request every ten seconds and gets its answer in eight. */
const person = { ...WITH_KEY, perSecond: 0.1, addresses: 1, answerMs: 8_000, retries: true } as const;
const others: Traffic[] = [
  { ...person, name: 'office', api: office, tenant: 'office' },
  { ...person, name: 'search', api: projects, tenant: 'search' },
];
const WITHOUT_KEY = { method: 'POST', headers: [] } as const;
const flood: Traffic = { name: 'flood', api: projects, ...WITHOUT_KEY, perSecond: 150, addresses: 10_000, answerMs: 0 };
/** What a browser sends before a page of another origin may call an API. */
const PREFLIGHT = { method: 'OPTIONS', headers: ['origin', 'access-control-request-method'] } as const;
const PAGES = declaredBy(undefined, { corsOrigins: ['https://chat.example.fr'] });
/** A tenant with as many workers as it likes, each of which waits for answers of a minute. */
const busy = { name: 'busy', ...WITH_KEY, addresses: 1_000, answerMs: 60_000, retries: true } as const;
const busyProject = { ...busy, api: projects, tenant: 'helpdesk-bot' };
const busyWorkspace = { ...busy, api: sciences, tenant: 'sciences' };

const run = (quota: number, traffic: Traffic, limits: Record<string, TenantLimits> = {}, of = {}, minutes?: number) =>
  simulate({ declared: { ...declared, ...of }, quota, limits, traffic: [traffic, ...others], minutes });

const without = (change: (declared: Declared) => Partial<Declared>) => change(declared);
const WITHOUT_RULE = without(({ rules }) => ({ rules: rules.filter(({ per }) => per === 'address') }));
const WITHOUT_THROTTLING = without(({ apis }) => ({
  ...WITHOUT_RULE,
  apis: apis.map((api) => ({ ...api, ratePerSecond: Number.POSITIVE_INFINITY, burst: Number.POSITIVE_INFINITY })),
}));

function expectServed({ served, checkDelays }: Outcome): void {
  expect([served.office?.firstMinute, served.office?.later]).toEqual([1, 1]);
  expect(served.search?.later).toBe(1);
  expect(Math.max(...checkDelays)).toBeLessThan(60);
}

describe.each([10, 1_000])('at an account quota of %p', (quota) => {
  test.each([1, 10_000])(
    'a flood without a key from %p addresses leaves the others and the check served',
    (addresses) => {
      const outcome = run(quota, { ...flood, addresses });
      expectServed(outcome);
      // The web ACL acts after some seconds. Until then the flood has most of what the API of the projects accepts.
      expect(outcome.served.search?.firstMinute).toBeGreaterThan(0.5);
    },
  );

  test('a flood of 1,000 requests per second takes no place of other APIs, even before the web ACL acts', () => {
    const { served, checkDelays } = run(quota, { ...flood, perSecond: 1_000 }, {}, {}, 3);
    expect([served.office?.firstMinute, served.office?.later]).toEqual([1, 1]);
    expect(Math.max(...checkDelays)).toBeLessThan(60);
  });

  test('a flood without a key at the API of a workspace reaches no function', () =>
    expectServed(run(quota, { ...flood, api: sciences }, {}, WITHOUT_RULE, 5)));
});

test('what callers without a key may send does not grow with what API Gateway accepts, unlike a fifth of it', () => {
  const more = declaredBy({ requestsPerSecond: 5_000, burstRequests: 5_000 });
  const served = (of: Declared) => run(10, { ...flood, perSecond: 900 }, {}, of, 5).served.search?.later;
  expect(served(more)).toBe(1);
  const fifth = more.rules.map((rule) => (rule.per === 'all' ? { ...rule, limit: 1_000 * 300 } : rule));
  expect(served({ ...more, rules: fifth })).toBeLessThan(0.9);
});

describe('OPTIONS takes the place of no tenant', () => {
  const minutes = 10;
  test.each<[string, Partial<Traffic>, Partial<Declared>]>([
    ['alone', { method: 'OPTIONS' }, {}],
    ['as a preflight, if no workspace has pages', PREFLIGHT, {}],
    ['alone, if a workspace has pages', { method: 'OPTIONS' }, PAGES],
    ['as a preflight, if a workspace has pages', PREFLIGHT, PAGES],
  ])('%s', (_, form, of) => expectServed(run(10, { ...flood, ...form }, {}, of, minutes)));

  test('a flood without a key leaves the preflights of pages answered', () => {
    const browsers: Traffic = { ...person, ...PREFLIGHT, name: 'browsers', api: office, perSecond: 5, addresses: 100 };
    const traffic = [{ ...flood, method: 'OPTIONS' as const }, browsers];
    expect(simulate({ declared: PAGES, quota: 10, limits: {}, traffic, minutes }).served.browsers?.later).toBe(1);
    const own = simulate({
      declared: PAGES,
      quota: 10,
      limits: {},
      traffic: [{ ...flood, ...PREFLIGHT }, browsers],
      minutes,
    });
    expect(own.served.browsers?.later).toBeLessThan(0.5);
  });
});

describe('a busy tenant whose concurrent requests are limited leaves the others and the check served', () => {
  test.each([
    ['a project, quota 10', 10, { ...busyProject, workers: 200 }, 4],
    ['a workspace, quota 10', 10, { ...busyWorkspace, workers: 200 }, 4],
    ['a workspace, quota 1,000', 1_000, { ...busyWorkspace, workers: 1_200 }, 500],
    ['a project that never waits, from one address, quota 10', 10, { ...busyProject, perSecond: 100, addresses: 1 }, 4],
  ])('%s', (_, quota, traffic, concurrentRequests) =>
    expectServed(run(quota, traffic, { [traffic.tenant]: { concurrentRequests } }, {}, 10)),
  );

  test('and is itself served as often as the minute allows, because a refusal of the one limit uses up nothing of the other', () => {
    const limits = { 'helpdesk-bot': { concurrentRequests: 4, requestsPerMinute: 30 } };
    const outcome = run(10, { ...busyProject, workers: 200, answerMs: 8_000 }, limits, {}, 10);
    expectServed(outcome);
    // Four answers at a time, of eight seconds each.
    expect(outcome.answered.busy).toBeGreaterThan(0.9 * Math.min(30, (4 * 60) / 8) * 10);
  });

  test('a project, quota 1,000, if the API that it shares accepts more requests per second', () => {
    const more = declaredBy({ requestsPerSecond: 200, burstRequests: 400 });
    const limits = { 'helpdesk-bot': { concurrentRequests: 500 } };
    expectServed(run(1_000, { ...busyProject, workers: 1_200 }, limits, more, 10));
  });
});

test("the sample's limit of requests per minute leaves nearly all others served at a quota of 1,000", () => {
  const limits = { 'helpdesk-bot': { requestsPerMinute: deployment.projects[0]?.limits.requestsPerMinute } };
  const { served, checkDelays } = run(1_000, { ...busyProject, workers: 1_000 }, limits, {}, 20);
  expect(served.office?.later).toBe(1);
  // All refused workers return at the start of a minute, at an API that the projects share.
  expect(served.search?.later).toBeGreaterThan(0.98);
  expect(Math.max(...checkDelays)).toBeLessThan(60);
});

describe('what the limits are for', () => {
  test("without the web ACL's rule, a flood from many addresses takes the place of other projects", () =>
    expect(run(10, flood, {}, WITHOUT_RULE, 5).served.search?.later).toBeLessThan(0.5));

  test('if API Gateway throttled before the web ACL decides, only the API that is flooded would be affected', () => {
    const { served, checkDelays } = run(10, flood, {}, { throttlesFirst: true }, 5);
    expect([served.office?.firstMinute, served.office?.later]).toEqual([1, 1]);
    expect(served.search?.later).toBeLessThan(0.9);
    expect(Math.max(...checkDelays)).toBeLessThan(60);
  });

  test('without throttling too, it takes the place of every tenant', () => {
    const { served } = run(10, { ...flood, perSecond: 1_000 }, {}, WITHOUT_THROTTLING, 5);
    expect(served.office?.later).toBeLessThan(0.5);
  });

  test.each([
    [10, 200],
    [1_000, 3_000],
  ])('at a quota of %p, a busy tenant without a limit takes the place of all others', (quota, workers) => {
    const { served, checkDelays } = run(quota, { ...busyProject, workers }, {}, {}, 5);
    expect(served.search?.later).toBeLessThan(0.5);
    expect(served.office?.later).toBeLessThan(0.5);
    expect(Math.max(...checkDelays)).toBeGreaterThan(60);
  });
});

test('the handler refuses a request without a key in less time than the simulation assumes', async () => {
  const { models } = keyedGateway();
  const times: number[] = [];
  for (let nth = 0; nth < 200; nth += 1) {
    const before = performance.now();
    expect((await models()).status).toBe(401);
    times.push(performance.now() - before);
  }
  const [median = Number.POSITIVE_INFINITY] = times.toSorted((a, b) => a - b).slice(100);
  expect(median).toBeLessThan(REFUSAL_MS / 2);
});
