import type { PolicyCourse } from '@/lib/contract/courses';
import { CLAUDE, GPT_OSS } from '@/test/runtime/gateway/support/policies';
import { type Answer, type Budgets, type KeyProcess, KeyWorkspace, resultOf } from './support/key-workspace';

/** Each answer of the echo has some tokens; these caps are reached with the first and the second one. */
const [ONE, TWO] = [1, 40];
const CHAT = { model: 'assistant', messages: [{ role: 'user', content: 'hi' }] };
/** Those of the assistant. The model of embeddings has none. */
const PRICES = [
  { id: CLAUDE, region: 'eu-central-1', input: 3, output: 15 },
  { id: GPT_OSS, region: 'eu-north-1', input: 0.15, output: 0.6 },
];
const COURSE: PolicyCourse = { id: 'algebra', group: 'algebra', until: '2026-12-31' };

let workspace: KeyWorkspace;
beforeEach(() => {
  workspace = new KeyWorkspace();
});
afterEach(() => workspace.local.close());

const start = (budgets: Budgets): KeyProcess => workspace.process(undefined, undefined, budgets);

/** The result of a chat with a token, or with a key. */
const asks = async (process: KeyProcess, credential: string): Promise<Answer> => {
  const tree = credential.includes('.') ? '/key/v1' : '/v1';
  return process.send(credential, `${tree}/chat/completions`, { method: 'POST', body: CHAT });
};
const results = async (process: KeyProcess, ...credentials: string[]) => {
  const all: string[] = [];
  for (const credential of credentials) all.push(resultOf(await asks(process, credential)));
  return all;
};
const usageOf = async (process: KeyProcess, credential: string) =>
  (await process.send(credential, `${credential.includes('.') ? '/key/v1' : '/v1'}/usage`)).json.data;

const OVER = '429 insufficient_quota';

test('a member who has used up their month is refused until the next, others are not, and can still read', async () => {
  const { local } = workspace;
  const process = start({ limits: { tokensPerMemberPerMonth: ONE } });
  expect(await results(process, 'ada', 'ada', 'ben')).toEqual(['200', OVER, '200']);
  const { json, headers } = await asks(process, 'ada');
  expect(json.error.message).toBe('you have used your 1 tokens for this month; you have more from 2026-12-01 (UTC)');
  expect(headers.get('x-should-retry')).toBe('false');
  expect((await process.send('ada', '/v1/conversations')).status).toBe(200);
  local.time = Date.UTC(2026, 11, 1);
  expect(await results(process, 'ada')).toEqual(['200']);
});

describe.each([
  ['a used-up budget', { limits: { tokensPerMemberPerMonth: ONE } }, OVER],
  ['the used-up tokens of a day', { limits: { tokensPerMemberPerDay: ONE } }, OVER],
  ['a budget in US dollars without prices', { limits: { usdPerMonth: 1 } }, '403 budget_unpriced'],
])('%s', (_, budgets, refusal) => {
  const post = async (process: KeyProcess, path: string, body?: object) =>
    resultOf(await process.send('ada', path, { method: 'POST', body }));
  const message = { ...CHAT, max_tokens: 9 };

  test('refuses what uses tokens', async () => {
    const process = start(budgets);
    await asks(process, 'ada');
    const batch = { input_file_id: 'file-x', endpoint: '/v1/responses', completion_window: '24h' };
    const results = [
      await post(process, '/v1/chat/completions', CHAT),
      await post(process, '/v1/responses', { model: 'assistant', input: 'hi' }),
      await post(process, '/v1/responses/', { model: 'assistant', input: 'hi', background: true }),
      await post(process, '/v1/messages', message),
      await post(process, '/v1/embeddings', { model: 'embed', input: 'hi' }),
      await post(process, '/v1/batches', batch),
    ];
    expect(results).toEqual(results.map(() => refusal));
  });

  test('refuses nothing else', async () => {
    const process = start(budgets);
    await asks(process, 'ada');
    const { json } = await process.send('ada', '/v1/conversations', { method: 'POST', body: {} });
    expect(resultOf(await process.send('ada', `/v1/conversations/${json.id}`))).toBe('200');
    expect(await post(process, `/v1/conversations/${json.id}`, { metadata: { name: 'x' } })).toBe('200');
    expect(await post(process, '/v1/keys', { name: 'new' })).toBe('200');
    expect(await post(process, '/v1/prompts', { name: 'x', instructions: 'y' })).toBe('200');
    expect(await post(process, '/v1/responses/input_tokens', { model: 'assistant', input: 'hi' })).toBe('200');
    expect(await post(process, '/v1/uploads/upload_x/cancel')).toMatch('404');
    expect(await post(process, '/v1/responses/resp_x/cancel')).toMatch('404');
    expect(await post(process, '/v1/batches/batch_x/cancel')).toMatch('404');
  });
});

test('the budget of the workspace is that of all members', async () => {
  const process = start({ limits: { tokensPerMonth: TWO } });
  expect(await results(process, 'ada', 'ben', 'cleo')).toEqual(['200', '200', OVER]);
});

test('a member charges the first group that they are in, with a token and with a key', async () => {
  const groups = [
    { name: 'physics', tokensPerMonth: TWO },
    { name: 'chemistry', tokensPerMonth: ONE },
  ];
  const process = start({ groups });
  process.namesGroups('ada', 'chemistry', 'physics');
  process.namesGroups('ben', 'physics');
  process.namesGroups('cleo', 'chemistry');
  const { key } = await process.create('ada');
  expect(await results(process, 'ada', key, 'ben', 'ada', 'cleo', 'cleo')).toEqual([
    ...['200', '200', OVER, OVER],
    ...['200', OVER],
  ]);
  // Who is in none of them charges none.
  expect(await results(process, 'dora', 'dora')).toEqual(['200', '200']);
  expect((await asks(process, 'ben')).json.error.message).toBe(
    `your group has used its ${TWO} tokens for this month; it has more from 2026-12-01 (UTC)`,
  );
});

test('a key that was made before its member had groups charges them from the next token on', async () => {
  const { key } = await workspace.process().create('ada');
  const process = start({ groups: [{ name: 'physics', tokensPerMonth: ONE }] });
  process.namesGroups('ada', 'physics');
  expect(await results(process, key, key)).toEqual(['200', '200']);
  workspace.local.time += 1_000;
  await process.seen({ id: 'ada' });
  workspace.local.time += 60_000;
  expect(await results(process, key, key)).toEqual(['200', OVER]);
});

describe('a key that names a course', () => {
  const withGroup = (budgets: Budgets) => {
    const process = start(budgets);
    for (const member of ['ada', 'ben', 'cleo']) process.namesGroups(member, 'algebra', 'physics');
    return process;
  };

  test('charges the course and the workspace only, over the whole course', async () => {
    const process = withGroup({
      courses: [{ ...COURSE, budgetPerMember: { tokens: TWO } }],
      groups: [{ name: 'physics', tokensPerMonth: 1_000 }],
      limits: { tokensPerMemberPerMonth: ONE, tokensPerMonth: 1_000 },
    });
    const { key } = await process.create('ada', { course: 'algebra' });
    const { key: own } = await process.create('ada');
    expect(await results(process, key, key, key)).toEqual(['200', '200', OVER]);
    expect((await asks(process, key)).json.error.message).toMatch(
      `you have used your ${TWO} tokens for the whole course 'algebra'`,
    );
    workspace.local.time = Date.UTC(2026, 11, 5);
    expect(await results(process, key, own, own)).toEqual([OVER, '200', OVER]);
    const names = [...workspace.counters.counts.keys()];
    expect(names.filter((name) => name.includes('groupmonth#2026-11'))).toEqual([]);
    expect(workspace.counters.counts.get('sciences month#2026-11')).toBeGreaterThan(0);
  });

  test('the limits of a day and a minute hold for a key with a course too', async () => {
    const ofDay = withGroup({ courses: [COURSE], limits: { tokensPerMemberPerDay: ONE } });
    const { key } = await ofDay.create('ada', { course: 'algebra' });
    expect(await results(ofDay, key, key)).toEqual(['200', OVER]);
    const ofMinute = withGroup({ courses: [COURSE], limits: { requestsPerMemberPerMinute: 1 } });
    expect(await results(ofMinute, key, key)).toEqual(['200', '429 rate_limit_exceeded']);
  });

  test('is refused once all members together have used up the course', async () => {
    const process = withGroup({ courses: [{ ...COURSE, budget: { tokens: TWO } }] });
    const [ada, ben, cleo] = await Promise.all(
      ['ada', 'ben', 'cleo'].map(async (member) => (await process.create(member, { course: 'algebra' })).key),
    );
    expect(await results(process, ada as string, ben as string, cleo as string)).toEqual(['200', '200', OVER]);
    expect((await asks(process, cleo as string)).json.error.message).toMatch('the course has used its 40 tokens for');
  });

  test('of two members at the total cap at once, each answer is counted, and the next is refused', async () => {
    const budgets = { courses: [{ ...COURSE, budget: { tokens: TWO } }] };
    const [one, other] = [withGroup(budgets), withGroup(budgets)];
    const [ada, ben] = [
      (await one.create('ada', { course: 'algebra' })).key,
      (await other.create('ben', { course: 'algebra' })).key,
    ];
    const both = await Promise.all([asks(one, ada), asks(other, ben)]);
    expect(both.map(resultOf)).toEqual(['200', '200']);
    expect(await results(one, ada)).toEqual([OVER]);
    expect(workspace.counters.counts.get('sciences course#algebra')).toBeGreaterThanOrEqual(TWO);
  });

  test('an amount in US dollars is counted at the prices of the policy', async () => {
    const process = withGroup({
      courses: [{ ...COURSE, models: ['assistant'], budget: { usd: 0.000_001 }, budgetPerMember: { usd: 5 } }],
      prices: PRICES,
    });
    const { key } = await process.create('ada', { course: 'algebra' });
    expect(await results(process, key, key)).toEqual(['200', OVER]);
    const [, share] = await usageOf(process, key);
    expect(share).toMatchObject({ owner: 'share', course: { usd: { cap: 5 } } });
    expect(share.course.usd.used).toBeGreaterThan(0);
  });
});

test('a key gets a budget in US dollars for models with a price only', async () => {
  const course = { ...COURSE, models: ['assistant'], budget: { usd: 5 } };
  const process = start({ courses: [course], prices: PRICES });
  process.namesGroups('ada', 'algebra');
  const limits = { usd_per_month: 1 };
  const create = (body: object) =>
    process.send('ada', '/v1/keys', { method: 'POST', body: { name: 'x', limits, ...body } });
  for (const models of [undefined, ['assistant', 'embed']]) {
    const { status, json } = await create({ models });
    expect([status, json.error.param]).toEqual([400, 'limits.usd_per_month']);
    expect(json.error.message).toBe(
      "'limits.usd_per_month' can't be counted for these models of the key, which have no price: embed; use 'tokens_per_month', or " +
        "choose 'models' among assistant",
    );
  }
  for (const body of [{ models: ['assistant'] }, { course: 'algebra' }]) {
    const { key } = await process.create('ada', { limits, ...body });
    expect(await results(process, key)).toEqual(['200']);
  }
});

test('the caps of a key for a month are its own', async () => {
  const process = start({});
  const { key } = await process.create('ada', { limits: { tokens_per_month: ONE } });
  const { key: other } = await process.create('ada');
  expect(await results(process, key, key, other)).toEqual(['200', OVER, '200']);
  expect((await asks(process, key)).json.error.message).toMatch('your key has used its 1 tokens for this month');
  const [ofKey, ofMember] = await usageOf(process, key);
  expect(ofKey).toMatchObject({ owner: 'key', day: null, month: { tokens: { cap: 1 }, usd: null } });
  expect(ofMember).toMatchObject({ owner: 'member', id: 'ada', month: null, day: { tokens: { cap: null } } });
});

describe('what a member is told', () => {
  test('of their own budget, the figures', async () => {
    const process = start({ limits: { tokensPerMemberPerMonth: 1_000, tokensPerMemberPerDay: 500 } });
    await asks(process, 'ada');
    const [own, ...others] = await usageOf(process, 'ada');
    expect(others).toEqual([]);
    expect(own).toEqual({
      owner: 'member',
      id: 'ada',
      day: { resets_at: '2026-11-28T00:00:00Z', tokens: { used: own.day.tokens.used, cap: 500 } },
      month: { resets_at: '2026-12-01T00:00:00Z', tokens: { used: own.day.tokens.used, cap: 1_000 }, usd: null },
    });
    expect(own.day.tokens.used).toBeGreaterThan(0);
    expect(await usageOf(process, 'ben')).toMatchObject([{ month: { tokens: { used: 0 } } }]);
  });

  test('of what several members share, the cap and whether it is used up, and never a figure', async () => {
    const process = start({
      limits: { tokensPerMonth: 1_000 },
      groups: [{ name: 'physics', tokensPerMonth: TWO }],
    });
    process.namesGroups('ada', 'physics');
    await results(process, 'ada', 'ada');
    const [, group, whole] = await usageOf(process, 'ada');
    expect([group, whole]).toEqual([
      {
        owner: 'group',
        id: 'physics',
        day: null,
        month: { resets_at: '2026-12-01T00:00:00Z', tokens: { used: null, cap: TWO, state: 'reached' }, usd: null },
      },
      {
        owner: 'workspace',
        id: 'sciences',
        day: null,
        month: { resets_at: '2026-12-01T00:00:00Z', tokens: { used: null, cap: 1_000, state: 'open' }, usd: null },
      },
    ]);
  });

  test.each([
    ['too few', 4, null],
    [
      'enough',
      5,
      expect.stringMatching(/^workspace; unit=tokens; state=warning; cap=\d+; resets=2026-12-01T00:00:00Z$/),
    ],
  ])('that a shared budget is nearly used up, not once %s members used it', async (_, members, header) => {
    const process = start({ limits: { tokensPerMonth: 1_000_000 }, monitoring: { minimumGroup: 5 } });
    for (let nth = 0; nth < members; nth++) await asks(process, `member${nth}`);
    // The same members again don't count as more.
    await asks(process, 'member0');
    const used = workspace.counters.counts.get('sciences month#2026-11') ?? 0;
    const nearly = start({
      limits: { tokensPerMonth: Math.ceil(used / 0.9) },
      monitoring: { minimumGroup: 5 },
    });
    expect((await nearly.send('ada', '/v1/models')).headers.get('x-residency-budget')).toEqual(header);
    expect((await usageOf(nearly, 'ada')).at(-1).month.tokens.state).toBe(header === null ? 'open' : 'warning');
  });
});

test('a store that does not answer admits no request, and what it missed is counted later', async () => {
  const process = start({ limits: { tokensPerMonth: TWO } });
  workspace.counters.failing = true;
  expect(await results(process, 'ada')).toEqual(['503 limits_unavailable']);
  workspace.counters.failing = false;
  expect(await results(process, 'ada')).toEqual(['200']);
});

describe('in the background', () => {
  const RESPONSE = { model: 'assistant', input: 'hi', background: true };

  /** Sends a response to be answered in the background, and runs it. */
  async function answeredLater(process: KeyProcess, credential: string) {
    const tree = credential.includes('.') ? '/key/v1' : '/v1';
    const { json } = await process.send(credential, `${tree}/responses`, { method: 'POST', body: RESPONSE });
    if (json.status !== 'queued') return `${json.error.code}`;
    return {
      run: async () => {
        for (const { pk, sk } of await workspace.local.backup('sciences-job-queue')) {
          await process.worker().run({ job: pk?.S ?? '', user: sk?.S ?? '' }, 60_000);
        }
        await process.settled();
        const { status, error } = (await process.send('ada', `/v1/responses/${json.id}`)).json;
        return error ? `${status} ${error.code}` : status;
      },
    };
  }
  const ended = async (process: KeyProcess, credential: string, before = () => {}) => {
    const job = await answeredLater(process, credential);
    before();
    return typeof job === 'string' ? job : job.run();
  };

  test('a job of a key with a course charges the course, in its models, and ends when its member leaves it', async () => {
    const process = start({
      courses: [{ ...COURSE, models: ['assistant'], budget: { tokens: TWO } }],
      limits: { tokensPerMemberPerMonth: 1_000 },
    });
    process.namesGroups('ada', 'algebra');
    const { key } = await process.create('ada', { course: 'algebra' });
    expect(await ended(process, key)).toBe('completed');
    expect(workspace.counters.counts.get('sciences course#algebra')).toBeGreaterThan(0);
    expect([...workspace.counters.counts.keys()].filter((name) => name.includes('membermonth'))).toEqual([]);
    const job = await answeredLater(process, key);
    workspace.local.time += 1_000;
    process.namesGroups('ada');
    await process.seen({ id: 'ada' });
    expect(typeof job === 'string' ? job : await job.run()).toBe('cancelled');
  });

  test('a job charges the group that the token named when it was sent, and fails once the budget is used up', async () => {
    const process = start({ groups: [{ name: 'physics', tokensPerMonth: ONE }] });
    process.namesGroups('ada', 'physics');
    const [first, second] = [await answeredLater(process, 'ada'), await answeredLater(process, 'ada')];
    if (typeof first === 'string' || typeof second === 'string') throw new Error('a job was refused');
    // Both wait in the queue, in no order.
    expect([await first.run(), await second.run()].sort()).toEqual(['completed', expect.stringMatching(/^failed /)]);
    expect(workspace.counters.counts.get('sciences groupmonth#2026-11#physics')).toBe(29);
    expect(await ended(process, 'ada')).toBe('insufficient_quota');
  });
});
