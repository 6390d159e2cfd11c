import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { Hono } from 'hono';
import type { PolicyCourse } from '@/lib/contract/courses';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { LocalCounters } from '@/lib/local/local-counters';
import { Store } from '@/lib/local/store';
import { ApiError } from '@/lib/runtime/gateway/errors/api-error';
import { Limits } from '@/lib/runtime/gateway/limits/limits';
import { limitsOfWorkspace } from '@/lib/runtime/gateway/limits/rate-limited';
import type { GatewayEnv } from '@/lib/runtime/gateway/policy/gateway-env';
import type { Member } from '@/lib/runtime/http/member';
import { MemoryCounters } from '../support/memory-store';

const TIME = new Date('2026-12-01T10:00:00Z');
const CHAT = '/v1/chat/completions';
const MINIMUM = 3;
const POLICY = {
  limits: {
    tokensPerMonth: 1_000,
    tokensPerMemberPerMonth: 300,
    tokensPerDay: 5_000,
    requestsPerMinute: 60,
    tokensPerMemberPerDay: 2_000,
  },
  groups: [
    { name: 'physics', tokensPerMonth: 250 },
    { name: 'law', tokensPerMonth: 250 },
  ],
  courses: [
    { id: 'algebra', group: 'physics', until: '2026-12-31', budget: { tokens: 250 }, budgetPerMember: { tokens: 200 } },
  ],
  monitoring: { minimumGroup: MINIMUM },
} satisfies Partial<GatewayPolicy>;

/** A request that uses tokens. */
interface Use {
  readonly member: string;
  readonly group: string;
  readonly course: boolean;
  readonly tokens: number;
}

const memberOf = ({ member: id, group, course }: Use): Member => ({
  id,
  role: 'member',
  groups: [group],
  ...(course && group === 'physics' && { key: { id: 'key', course: 'algebra' } }),
});

/** Sends requests to a workspace that counts them. */
function sender(limits: Limits, time: Date) {
  return async (use: Use, path: string): Promise<string> => {
    const app = new Hono<GatewayEnv>();
    app.use((c, next) => {
      c.set('time', time);
      c.set('log', { tokens: { prompt: use.tokens, completion: 0, cached: 0 } } as never);
      c.set('member', memberOf(use));
      return next() as Promise<undefined>;
    });
    app.use(limits.middleware);
    app.post(CHAT, (c) => c.text('ok'));
    app.get('/usage', async (c) => c.json(await limits.usage(c.var, time)));
    app.onError((error, c) => c.text(error.message, 429, error instanceof ApiError ? error.headers : {}));
    const answer = await app.request(path, { method: path === CHAT ? 'POST' : 'GET' });
    await limits.settled();
    return `${JSON.stringify([...answer.headers])} ${await answer.text()}`;
  };
}

/** What a workspace that counts requests answers to one member. */
async function answersTo(asker: Use, uses: readonly Use[], minimumGroup = MINIMUM): Promise<string> {
  const limits = new Limits(
    new MemoryCounters(),
    limitsOfWorkspace('sciences', POLICY.limits, { ...POLICY, monitoring: { minimumGroup } }),
  );
  const send = sender(limits, TIME);
  for (const use of uses) await send(use, CHAT);
  return `${await send({ ...asker, tokens: 0 }, '/usage')} ${await send({ ...asker, tokens: 0 }, CHAT)}`;
}

const use = (member: fc.Arbitrary<string>): fc.Arbitrary<Use> =>
  fc.record({
    member,
    group: fc.constantFrom('physics', 'law'),
    course: fc.boolean(),
    tokens: fc.integer({ min: 40, max: 120 }),
  });

const isReached = (...answers: string[]) => /reached|has used/.test(answers.join());

/** Two histories in which one member does the same, and two others, who are fewer than are shown together with them, don't. */
const histories = fc.record({
  asker: use(fc.constant('ada')),
  own: fc.array(use(fc.constant('ada')), { maxLength: 2 }),
  one: fc.array(use(fc.constantFrom('ben')), { maxLength: 3 }),
  other: fc.array(use(fc.constantFrom('ben')), { maxLength: 3 }),
});

test('below a cap, the answers to a member are the same whatever too few others used', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ asker, own, one, other }) => {
      const [first, second] = await Promise.all([
        answersTo(asker, [...own, ...one]),
        answersTo(asker, [...own, ...other]),
      ]);
      // That a cap is reached is said: the request is refused.
      fc.pre(!isReached(first, second));
      expect(first).toBe(second);
    }),
    { seed: 19, numRuns: 150 },
  );
});

test('a rule that warns whatever the number of members would be found out', async () => {
  const found = await fc.check(
    fc.asyncProperty(histories, async ({ asker, own, one, other }) => {
      const [first, second] = await Promise.all([
        answersTo(asker, [...own, ...one], 0),
        answersTo(asker, [...own, ...other], 0),
      ]);
      fc.pre(!isReached(first, second));
      expect(first).toBe(second);
    }),
    { seed: 19, numRuns: 300 },
  );
  expect(found.failed).toBe(true);
});

test('no answer has a figure of what others used', async () => {
  const tokens = 77;
  const uses = ['ben', 'cleo', 'dora', 'eve'].map((member) => ({ member, group: 'physics', course: false, tokens }));
  const answer = await answersTo({ member: 'ada', group: 'physics', course: false, tokens: 0 }, uses);
  expect(answer).toContain('x-ratelimit-limit-tokens');
  expect(answer).toContain('x-ratelimit-limit-requests');
  for (const figure of [tokens, 2 * tokens, 3 * tokens, 4 * tokens]) {
    expect(answer).not.toContain(`${figure}`);
    for (const cap of [5_000, 1_000, 250]) expect(answer).not.toContain(`${cap - figure}`);
  }
  for (let sent = 1; sent <= 6; sent += 1) expect(answer).not.toContain(`"${60 - sent}"`);
});

test('a member whose course is extended after it was used up counts once, also without a share of their own', async () => {
  const store = Store.open(mkdtempSync(path.join(tmpdir(), 'extended-')));
  const course = { id: 'algebra', group: 'physics', until: '2026-12-31', budget: { tokens: 250 } };
  /** Each is a new process, which forgets what is over by then. */
  const at = (date: string, over: Partial<PolicyCourse>) => {
    const time = new Date(date);
    const courses = [{ ...course, ...over }];
    const limitsOf = limitsOfWorkspace('sciences', {}, { courses, monitoring: { minimumGroup: 2 } });
    const send = sender(new Limits(new LocalCounters(store, time), limitsOf), time);
    return (tokens: number) => send({ member: 'ada', group: 'physics', course: true, tokens }, CHAT);
  };
  expect(await at('2026-12-30', {})(250)).toMatch(/ok$/);
  const until = '2027-06-30';
  expect(await at('2026-12-31', { until })(0)).toMatch('the course has used its 250 tokens');
  const later = at('2027-03-01', { until, budget: { tokens: 300 } });
  expect(await later(10)).toMatch(/ok$/);
  expect(await later(0)).not.toMatch('warning');
  store.close();
});
