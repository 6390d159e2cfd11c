import type { GatewayOptions } from '@/lib/runtime/gateway/app';
import { ApiError } from '@/lib/runtime/http/api-error';
import type { LinkedRequest } from '@/lib/runtime/http/records/linked-request';
import { erased } from '@/lib/runtime/workspace/store/errors';
import { withoutRandomIds } from '@/test/support/random-ids';
import { chat, errorOf, gatewayFor, HELLO, NO_BEDROCK } from './support/gateway';
import { CLAUDE, GPT_OSS, PROJECT, WORKSPACE } from './support/policies';
import { allOf } from './support/read-sse';
import { ScriptedBedrock, speech } from './support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const models = () => new Request('https://gateway.test/v1/models');
/** A clock that moves on by a quarter of a second each time that it is read. */
const ticking = () => {
  let time = Date.UTC(2026, 10, 24);
  return () => {
    time += 250;
    return new Date(time);
  };
};

/** The ID that the scripted Bedrock gives its nth call. */
const callId = (nth: number) => `00000000-0000-4000-8000-${`${nth}`.padStart(12, '0')}`;

test('the record has exactly the fields of the contract', async () => {
  bedrock.replies(() => ({ steps: speech('x') }));
  const options = { now: ticking(), newId: () => 'id-1' };
  const { gateway, records, operations } = gatewayFor(PROJECT, bedrock.client(), options);
  await allOf(await gateway.fetch(chat({ ...HELLO, stream: true })));
  expect(records).toEqual([
    {
      event: 'residency',
      id: 'id-1',
      time: '2026-11-24T00:00:00.250Z',
      tenant: 'helpdesk-bot',
      model: 'assistant',
      destination: CLAUDE,
      sourceRegion: 'eu-central-1',
      attempts: [{ destination: CLAUDE, sourceRegion: 'eu-central-1', requestIds: [callId(1)], outcome: 'answered' }],
      mayProcess: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
      retention: 'not-stored',
      tokens: { prompt: 10, completion: 10, cached: 3 },
      outcome: 'answered',
    },
  ]);
  expect(operations).toEqual([
    {
      _aws: {
        Timestamp: Date.UTC(2026, 10, 24) + 250,
        CloudWatchMetrics: [
          { Namespace: 'EuResidency/Gateway', Dimensions: [['tenant']], Metrics: expect.any(Array) },
          { Namespace: 'EuResidency/Gateway', Dimensions: [['tenant', 'model']], Metrics: expect.any(Array) },
          { Namespace: 'EuResidency/Gateway', Dimensions: [['route'], ['route', 'model']], Metrics: expect.any(Array) },
        ],
      },
      event: 'operations',
      id: 'id-1',
      tenant: 'helpdesk-bot',
      route: 'chat.completions',
      model: 'assistant',
      status: 200,
      outcome: 'answered',
      requests: 1,
      refusals: 0,
      failures: 0,
      attemptsFailed: 0,
      firstByte: 250,
      latency: 500,
      promptTokens: 10,
      completionTokens: 10,
      cachedTokens: 3,
    },
  ]);
});

test('every attempt is recorded in order, with the ID of the provider’s call', async () => {
  bedrock.replies(({ model }) =>
    model === CLAUDE ? { status: 503, error: 'ServiceUnavailableException' } : { steps: speech('x') },
  );
  const { gateway, records } = gatewayFor(WORKSPACE, bedrock.client());
  await allOf(await gateway.fetch(chat({ ...HELLO, stream: true })));
  expect(records[0]?.attempts).toEqual([
    { destination: CLAUDE, sourceRegion: 'eu-central-1', requestIds: [callId(1)], outcome: 'server-error' },
    { destination: GPT_OSS, sourceRegion: 'eu-north-1', requestIds: [callId(2)], outcome: 'answered' },
  ]);
});

test.each([['a secret that was said'], ['a'.repeat(65)], ['']])(
  'an ID of the form ‘%s’ is left out of the record, because it could be content',
  async (id) => {
    const output = { message: { content: [{ text: 'x' }] } };
    const usage = { inputTokens: 1, outputTokens: 1 };
    const headers = { 'x-amzn-requestid': id };
    bedrock.replies(() => ({ json: { output, stopReason: 'end_turn', usage }, headers }));
    const { gateway, records } = gatewayFor(PROJECT, bedrock.client());
    await gateway.fetch(chat(HELLO));
    expect(records[0]?.attempts).toEqual([{ destination: CLAUDE, sourceRegion: 'eu-central-1', outcome: 'answered' }]);
  },
);

test('a request that reaches no destination has no attempt', async () => {
  const { gateway, records } = gatewayFor(PROJECT, NO_BEDROCK);
  await gateway.fetch(models());
  expect(records[0]).not.toHaveProperty('attempts', expect.anything());
});

test('tokens that a cache was read from or written with are metrics, if there are any', async () => {
  const usage = { inputTokens: 1, outputTokens: 1, cacheReadInputTokens: 0, cacheWriteInputTokens: 5 };
  const output = { message: { content: [{ text: 'x' }] } };
  bedrock.replies(() => ({ json: { output, stopReason: 'end_turn', usage } }));
  const { gateway, operations } = gatewayFor(PROJECT, bedrock.client());
  await gateway.fetch(chat(HELLO));
  expect(operations[0]).toMatchObject({ promptTokens: 6, cacheWriteTokens: 5 });
  const names = (operations[0]?._aws.CloudWatchMetrics ?? []).map(({ Metrics }) => Metrics.map(({ Name }) => Name));
  const tokens = ['promptTokens', 'completionTokens', 'cacheWriteTokens'];
  expect(names[1]).toEqual(tokens);
  expect(names[2]?.slice(-3)).toEqual(tokens);
});

test('every metric and dimension that is declared has a value in the line', async () => {
  const { gateway, operations } = gatewayFor(PROJECT, NO_BEDROCK);
  await gateway.fetch(chat({ ...HELLO, model: 'gpt-4o' }));
  await gateway.fetch(models());
  bedrock.replies(() => ({ steps: speech('x') }));
  const answered = gatewayFor(PROJECT, bedrock.client());
  await allOf(await answered.gateway.fetch(chat({ ...HELLO, stream: true })));
  for (const line of [...operations, ...answered.operations]) {
    const fields = JSON.parse(JSON.stringify(line));
    for (const { Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
      for (const { Name, Unit } of Metrics) {
        expect(typeof fields[Name]).toBe('number');
        expect(['Count', 'Milliseconds']).toContain(Unit);
      }
      for (const name of Dimensions.flat()) expect(typeof fields[name]).toBe('string');
    }
  }
  expect(operations.map(({ refusals, model }) => [refusals, model])).toEqual([
    [1, undefined],
    [0, undefined],
  ]);
});

test('a record of a member’s request names no member, who is reported apart before the answer is over', async () => {
  const links: LinkedRequest[] = [];
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  bedrock.replies(() => ({ steps: [...speech('x').slice(0, 3), { wait: opened }, ...speech('x').slice(3)] }));
  const asAda: NonNullable<GatewayOptions['middleware']>[number] = async (c, next) => {
    c.get('log').member = 'ada';
    await next();
  };
  const options = { now: () => new Date(0), newId: () => 'id-1', link: (link: LinkedRequest) => void links.push(link) };
  const { gateway, records } = gatewayFor(PROJECT, bedrock.client(), { ...options, middleware: [asAda] });
  const answer = await gateway.fetch(chat({ ...HELLO, stream: true }));
  expect(links).toEqual([{ id: 'id-1', time: new Date(0), member: 'ada' }]);
  open();
  await allOf(answer);
  expect(records).toMatchObject([{ id: 'id-1', outcome: 'answered' }]);
  expect(withoutRandomIds(records)).not.toContain('ada');
});

test('a request without a member isn’t linked, and a refused one is with its reason', async () => {
  const links: LinkedRequest[] = [];
  const link = (request: LinkedRequest) => void links.push(request);
  await gatewayFor(PROJECT, NO_BEDROCK, { link }).gateway.fetch(models());
  expect(links).toEqual([]);
  const erased: NonNullable<GatewayOptions['middleware']>[number] = async (c) => {
    c.get('log').member = 'ada';
    throw new ApiError(403, 'invalid_value', 'x');
  };
  await gatewayFor(PROJECT, NO_BEDROCK, { link, middleware: [erased] }).gateway.fetch(models());
  expect(links).toMatchObject([{ member: 'ada', reason: 'invalid_value' }]);
});

describe('with stored content', () => {
  const asAda: NonNullable<GatewayOptions['middleware']>[number] = async (c, next) => {
    c.get('log').member = 'ada';
    c.set('member', { id: 'ada', role: c.req.header('x-role') === 'admin' ? 'admin' : 'member' });
    if (c.req.header('x-limited') !== undefined) throw new ApiError(429, 'invalid_value', 'x');
    await next();
  };

  /** How many links some requests of a member leave, and how often the member's status was read for it. */
  async function linksOf(admit: () => Promise<void>, requests: readonly Request[]) {
    const links: LinkedRequest[] = [];
    const admitted = jest.fn(admit);
    const content = { routes: [], admit: admitted } as unknown as GatewayOptions['content'];
    const link = (request: LinkedRequest) => void links.push(request);
    const { gateway } = gatewayFor(PROJECT, NO_BEDROCK, { link, content, middleware: [asAda] });
    for (const request of requests) await gateway.fetch(request);
    return [links.length, admitted.mock.calls.length];
  }

  const at = (path: string, headers: Record<string, string> = {}) =>
    new Request(`https://gateway.test/v1/${path}`, { headers });
  const REQUESTS = [
    at('models'),
    at('models', { 'x-role': 'admin' }),
    at('models', { 'x-limited': '' }),
    at('unknown'),
  ];

  test('requests of an erased member aren’t linked, also those that are refused before their status is read', async () => {
    const refusing = async () => {
      throw erased();
    };
    expect(await linksOf(refusing, REQUESTS)).toEqual([0, 4]);
  });

  test('requests of an admitted member are linked, and the status is read once for each', async () => {
    expect(await linksOf(async () => {}, REQUESTS)).toEqual([4, 4]);
  });

  test('a refused request isn’t linked while the status can’t be read', async () => {
    const failing = async () => {
      throw new Error('x');
    };
    expect(await linksOf(failing, REQUESTS)).toEqual([0, 5]);
  });
});

test('is written as two lines of JSON', async () => {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { gateway } = gatewayFor(PROJECT, NO_BEDROCK, { record: undefined });
  await gateway.fetch(models());
  const lines = write.mock.calls.map(([text]) => String(text)).join('');
  write.mockRestore();
  expect(
    lines
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line).event),
  ).toEqual(['residency', 'operations']);
  expect(lines.endsWith('\n')).toBe(true);
});

describe('middleware', () => {
  test('names the tenant, and adds headers to every answer', async () => {
    const { gateway, records } = gatewayFor(WORKSPACE, NO_BEDROCK, {
      middleware: [
        async (c, next) => {
          c.get('log').tenant = 'member-7f3a';
          await next();
          c.header('x-ratelimit-limit-requests', '60');
        },
      ],
    });
    const answers = [await gateway.fetch(models()), await gateway.fetch(chat('{'))];
    for (const { headers } of answers) expect(headers.get('x-ratelimit-limit-requests')).toBe('60');
    expect(records.map(({ tenant }) => tenant)).toEqual(['member-7f3a', 'member-7f3a']);
  });

  test('refuses a request before any route reads it', async () => {
    const refuse = () => {
      throw new ApiError(429, 'request_too_large', 'wait', { headers: { 'retry-after': '3' } });
    };
    const { gateway, records } = gatewayFor(PROJECT, NO_BEDROCK, { middleware: [async () => refuse()] });
    const response = await gateway.fetch(chat(HELLO));
    expect(response.headers.get('retry-after')).toBe('3');
    expect(response.headers.get('x-request-id')).toBe(records[0]?.id);
    expect(await errorOf(response)).toMatchObject({ status: 429 });
    expect(records).toMatchObject([{ outcome: 'refused' }]);
  });

  test('narrows the models of a tenant', async () => {
    const { gateway } = gatewayFor(PROJECT, NO_BEDROCK, {
      middleware: [
        async (c, next) => {
          const policy = c.get('policy');
          c.set('policy', { ...policy, models: new Map([...policy.models].filter(([name]) => name === 'embed')) });
          await next();
        },
      ],
    });
    const { data } = (await (await gateway.fetch(models())).json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toEqual(['embed']);
    expect(await errorOf(await gateway.fetch(chat(HELLO)))).toMatchObject({ status: 404, code: 'model_not_found' });
  });
});
