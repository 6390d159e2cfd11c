import { budgetCounters } from '@/lib/constructs/gateway/budget-counters';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { budgetsOf } from '@/lib/runtime/gateway/limits/budgets';
import { debtsOf } from '@/lib/runtime/gateway/limits/debts';
import { Prices } from '@/lib/runtime/gateway/limits/priced';
import { type LimitsOf, limitsOfProject, limitsOfWorkspace } from '@/lib/runtime/gateway/limits/rate-limited';
import type { Member } from '@/lib/runtime/http/member';
import type { RequestLog } from '@/lib/runtime/http/records/request-log';
import { MemoryCounters } from '@/test/runtime/gateway/support/memory-store';

const NOW = new Date('2026-12-01T09:00:00Z');
const BASE = { boundary: 'eu', keepsContent: true, models: [] };
const workspace = (over: Partial<GatewayPolicy>): GatewayPolicy => ({
  ...BASE,
  tenant: { kind: 'workspace', ids: ['a'] },
  ...over,
});
const course = (over: object) => ({ id: 'c', group: 'c', until: '2027-02-28', ...over });
const GROUPS = [{ name: 'g', tokensPerMonth: 1 }];

/** What the gateway itself reads and writes for a request, compared with a workspace or project that has no budget. */
async function needed(limitsOf: LimitsOf, plain: LimitsOf, request: Parameters<LimitsOf>[0]) {
  const log: RequestLog = { route: 'responses', tenant: 'a', tokens: { prompt: 1, completion: 1, cached: 0 } };
  const writes = (of: LimitsOf) => debtsOf(log, of(request) ?? [], NOW, new Prices()).length;
  const counters = new MemoryCounters();
  const reads = jest.spyOn(counters, 'readAll');
  for (const of of limitsOf(request) ?? []) await budgetsOf(counters, of, NOW);
  return {
    reads: reads.mock.calls.length,
    writes: writes(limitsOf) - writes(plain),
  };
}

const MEMBERS: readonly Member[] = [
  { id: 'ada', role: 'member', groups: ['g'] },
  { id: 'ada', role: 'member', groups: ['g', 'c'], key: { id: 'k', course: 'c' } } as Member,
];

test.each<[string, Partial<GatewayPolicy>]>([
  ['no budget', { limits: { tokensPerDay: 1 } }],
  ['a budget of the workspace', { limits: { usdPerMonth: 1 } }],
  ['a budget of each member', { limits: { tokensPerMemberPerMonth: 1 } }],
  ['a budget of a group', { groups: GROUPS }],
  ['all of them', { limits: { usdPerMonth: 1, usdPerMemberPerMonth: 1 }, groups: GROUPS }],
  ['a course without a budget', { courses: [course({})] }],
  ['a course with a budget in total', { courses: [course({ budget: { tokens: 1 } })] }],
  ['a course with both budgets', { courses: [course({ budget: { tokens: 1 }, budgetPerMember: { usd: 1 } })] }],
  ['everything', { limits: { tokensPerMonth: 1 }, groups: GROUPS, courses: [course({ budget: { usd: 1 } })] }],
])('%s: as many counters as the gateway reads and writes', async (_, over) => {
  const policy = workspace(over);
  const { limits, groups, courses } = policy;
  const each = await Promise.all(
    MEMBERS.map((member) =>
      needed(limitsOfWorkspace('a', limits, { groups, courses }), limitsOfWorkspace('a'), { member }),
    ),
  );
  const most = {
    reads: Math.max(...each.map(({ reads }) => reads)),
    writes: Math.max(...each.map(({ writes }) => writes)),
  };
  expect(budgetCounters(policy) ?? { reads: 0, writes: 0 }).toEqual(most);
});

test.each([{ tokensPerMonth: 1 }, { usdPerMonth: 1 }, { tokensPerDay: 1 }])('a project with %p', async (limits) => {
  const project = (its: object) => ({ id: 'p', models: [], limits: its });
  const policy: GatewayPolicy = {
    ...BASE,
    keepsContent: false,
    tenant: { kind: 'project', ids: ['p'] },
    projects: [project(limits)],
  };
  const withIt: LimitsOf = () => limitsOfProject({ project: project(limits) as never });
  const without: LimitsOf = () => limitsOfProject({ project: project({}) as never });
  expect(budgetCounters(policy) ?? { reads: 0, writes: 0 }).toEqual(await needed(withIt, without, {}));
  const open = { ...policy, projects: [], openProjects: { models: [], limits } };
  expect(budgetCounters(open)).toEqual(budgetCounters(policy));
});
