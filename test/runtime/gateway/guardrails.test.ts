import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { encodeReasoning } from '@/lib/runtime/gateway/items/reasoning-proof';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { withGuardrailArns } from '@/lib/runtime/gateway/policy/guardrails';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import { chat, errorOf, gatewayFor, HELLO, post } from './support/gateway';
import { keyedGateway, TWO_PROJECTS } from './support/keyed-gateway';
import { CLAUDE, GPT_OSS, WORKSPACE } from './support/policies';
import { allOf } from './support/read-sse';
import { ScriptedBedrock, type Step, speech, stop } from './support/scripted-bedrock';

const FRANKFURT = { region: 'eu-central-1', id: 'gr1frankfurt', version: '3' };
const STOCKHOLM = { region: 'eu-north-1', id: 'gr2stockholm', version: '7' };
const [ASSISTANT, EMBED] = WORKSPACE.models as [GatewayPolicy['models'][number], GatewayPolicy['models'][number]];
const GUARDED: GatewayPolicy = { ...WORKSPACE, models: [ASSISTANT], guardrails: [FRANKFURT, STOCKHOLM] };
const WHOLE = { guardrailIdentifier: 'gr1frankfurt', guardrailVersion: '3', trace: 'disabled' };
const STREAM = { ...WHOLE, streamProcessingMode: 'sync' };
const BLOCKED = 'This request is not allowed here.';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const reply = (text: string, stopReason: string, ...before: object[]) => ({
  json: {
    output: { message: { content: [...before, { text }] } },
    stopReason,
    usage: { inputTokens: 1, outputTokens: 2 },
  },
});
const says = (whole: ReturnType<typeof reply>, steps: readonly Step[]) =>
  bedrock.replies(({ operation }) => (operation === 'converse' ? whole : { steps }));
const answers = () => says(reply('yes', 'end_turn'), speech('yes'));
const intervenes = () =>
  says(reply(BLOCKED, 'guardrail_intervened'), [...speech(BLOCKED).slice(0, -2), ...stop('guardrail_intervened')]);
const configs = () => bedrock.calls.map(({ body }) => body.guardrailConfig);

const MESSAGE = { ...HELLO, max_tokens: 2_048, thinking: { type: 'adaptive' } };
const CALLS = {
  chat: () => chat(HELLO),
  'streamed chat': () => chat({ ...HELLO, stream: true }),
  response: () => post('responses', { model: 'assistant', input: 'hello' }),
  'streamed response': () => post('responses', { model: 'assistant', input: 'hello', stream: true }),
  message: () => post('messages', MESSAGE),
  'streamed message': () => post('messages', { ...MESSAGE, stream: true }),
};

describe('a tenant with a guardrail', () => {
  test.each(Object.entries(CALLS))(
    'has each %s checked, without a trace, and streams before they are sent',
    async (name, call) => {
      answers();
      const response = await gatewayFor(GUARDED, bedrock.client()).gateway.fetch(call());
      await response.text();
      expect(response.status).toBe(200);
      expect(configs()).toEqual([name.startsWith('streamed') ? STREAM : WHOLE]);
      expect(bedrock.complaints).toEqual([]);
    },
  );

  test('has the next destination checked by the guardrail of its own Region', async () => {
    bedrock.replies(({ model }) => (model === CLAUDE ? { status: 503, error: 'X' } : reply('yes', 'end_turn')));
    await gatewayFor(GUARDED, bedrock.client()).gateway.fetch(chat(HELLO));
    expect(configs()).toEqual([
      WHOLE,
      { guardrailIdentifier: 'gr2stockholm', guardrailVersion: '7', trace: 'disabled' },
    ]);
    expect(bedrock.calls.map(({ model }) => model)).toEqual([CLAUDE, GPT_OSS]);
  });

  test.each([
    ['denied', 403, 'AccessDeniedException', 502],
    ['unknown', 404, 'ResourceNotFoundException', 502],
    ['invalid', 400, 'ValidationException', 400],
  ])('is served by no other call if its guardrail is %s', async (_, status, error, answered) => {
    bedrock.replies(() => ({ status, error }));
    const response = await gatewayFor(GUARDED, bedrock.client()).gateway.fetch(chat(HELLO));
    expect(response.status).toBe(answered);
    expect(configs()).toEqual([WHOLE]);
  });

  test.each(['guardrailConfig', 'guardrail', 'guardrails', 'amazon-bedrock-guardrailConfig'])(
    "can't set '%s' in a request",
    async (key) => {
      answers();
      const { gateway } = gatewayFor(GUARDED, bedrock.client());
      const none = { guardrailIdentifier: '', guardrailVersion: '1' };
      const response = await gateway.fetch(
        chat({ ...HELLO, [key]: none }, { 'x-amzn-bedrock-guardrailidentifier': 'x' }),
      );
      expect((await errorOf(response)).code).toBe('unknown_parameter');
      await gateway.fetch(chat(HELLO, { 'x-amzn-bedrock-guardrailidentifier': 'x' }));
      expect(configs()).toEqual([WHOLE]);
    },
  );

  test('gets no reasoning, which no guardrail checks', async () => {
    const reasoning = { reasoningContent: { reasoningText: { text: 'UNCHECKED', signature: 'UNCHECKED' } } };
    const delta = (content: object): Step => [
      'contentBlockDelta',
      { contentBlockIndex: 0, delta: { reasoningContent: content } },
    ];
    const end: Step = ['contentBlockStop', { contentBlockIndex: 0 }];
    const thinks = [delta({ text: 'UNCHECKED' }), delta({ signature: 'UNCHECKED' }), end];
    says(reply('yes', 'end_turn', reasoning), [...speech('yes').slice(0, 1), ...thinks, ...speech('yes').slice(1)]);
    for (const call of Object.values(CALLS)) {
      const request = call();
      const body = { ...JSON.parse(await request.text()), ...(request.url.endsWith('responses') && INCLUDED) };
      const path = new URL(request.url).pathname.slice('/v1/'.length);
      const text = await (await gatewayFor(GUARDED, bedrock.client()).gateway.fetch(post(path, body))).text();
      expect(text).toContain('yes');
      expect(text).not.toMatch(/UNCHECKED|VU5DSEVDS0VE/);
    }
  });

  test.each([
    [{ guardrails: GUARDED.guardrails }, 'eu-north-1'],
    [{ guardrails: undefined }, 'eu-central-1'],
  ])(
    'is answered by the next destination after a failure while a model reasons, which it is not sent: %j',
    async (over, region) => {
      const thinks: Step = ['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'hm' } } }];
      const broken = [...speech('').slice(0, 1), thinks, { exception: 'modelStreamErrorException' }];
      bedrock.replies(({ model }) => ({ steps: model === CLAUDE ? broken : speech('yes') }));
      const response = await gatewayFor({ ...GUARDED, ...over }, bedrock.client()).gateway.fetch(
        CALLS['streamed message'](),
      );
      await response.text();
      expect(response.headers.get('x-residency-region')).toBe(region);
    },
  );

  test.each([
    ['messages', 'messages', false],
    ['input', 'responses', true],
  ])("has reasoning in '%s' dropped and listed, because no guardrail checks it", async (param, path, isResponse) => {
    answers();
    const signature = Buffer.from('{}').toString('base64');
    const body = isResponse
      ? {
          model: 'assistant',
          input: [
            { role: 'user', content: 'a' },
            {
              type: 'reasoning',
              id: 'rs_1',
              summary: [],
              encrypted_content: encodeReasoning({ text: 'UNCHECKED', signature }),
            },
            { role: 'assistant', content: 'b' },
            { role: 'user', content: 'c' },
          ],
        }
      : {
          ...MESSAGE,
          messages: [
            { role: 'user', content: 'a' },
            {
              role: 'assistant',
              content: [
                { type: 'thinking', thinking: 'UNCHECKED', signature },
                { type: 'text', text: 'b' },
              ],
            },
            { role: 'user', content: 'c' },
          ],
        };
    const ask = async (guardrails: GatewayPolicy['guardrails']) => {
      const response = await gatewayFor({ ...GUARDED, guardrails }, bedrock.client()).gateway.fetch(post(path, body));
      expect(await response.text()).toContain('yes');
      return response.headers.get('x-residency-ignored') ?? '';
    };
    expect(await ask(GUARDED.guardrails)).toContain(`${param}.reasoning`);
    expect(JSON.stringify(bedrock.calls.at(-1)?.body)).not.toContain('reasoningContent');
    expect(await ask(undefined)).not.toContain('reasoning');
    expect(JSON.stringify(bedrock.calls.at(-1)?.body)).toContain('reasoningContent');
    expect(bedrock.complaints).toEqual([]);
  });

  test('gets no format that only a tool enforces, whose input no guardrail checks', async () => {
    answers();
    const format = { response_format: { type: 'json_object' } };
    const refused = await gatewayFor(GUARDED, bedrock.client()).gateway.fetch(chat({ ...HELLO, ...format }));
    expect(await errorOf(refused)).toMatchObject({ status: 400, code: 'unsupported_value', param: 'response_format' });
    expect(bedrock.calls).toEqual([]);
    const free = await gatewayFor({ ...GUARDED, guardrails: undefined }, bedrock.client()).gateway.fetch(
      chat({ ...HELLO, ...format }),
    );
    expect(free.status).toBe(200);
  });
});

const INCLUDED = { include: ['reasoning.encrypted_content'], reasoning: { summary: 'auto' } };

describe('an intervention', () => {
  test.each([{}, { stream: true }])('is a content_filter of a chat with the replacement text: %j', async (over) => {
    intervenes();
    const { gateway, records, operations } = gatewayFor(GUARDED, bedrock.client());
    const response = await gateway.fetch(chat({ ...HELLO, ...over }));
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toContain(BLOCKED);
    expect(text).toContain('"finish_reason":"content_filter"');
    expect(records).toEqual([expect.objectContaining({ outcome: 'answered', intervened: true })]);
    expect(operations[0]).toMatchObject({ interventions: 1 });
    for (const { Dimensions, Metrics } of operations[0]?._aws.CloudWatchMetrics ?? []) {
      const hasInterventions = Metrics.some(({ Name }) => Name === 'interventions');
      expect(hasInterventions).toBe(!Dimensions[0]?.includes('tenant') || Dimensions[0].length === 1);
    }
    expect(JSON.stringify([records, operations])).not.toContain(BLOCKED);
  });

  test('is an incomplete response with the reason content_filter', async () => {
    intervenes();
    const { gateway } = gatewayFor(GUARDED, bedrock.client());
    expect(await (await gateway.fetch(CALLS.response())).json()).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'content_filter' },
      output: [{ content: [{ text: BLOCKED }] }],
    });
    const events = await allOf(await gateway.fetch(CALLS['streamed response']()));
    expect(JSON.stringify(events.at(-1))).toContain('response.incomplete');
    expect(JSON.stringify(events)).toContain(BLOCKED);
  });

  test('is not counted where none happened', async () => {
    answers();
    const { gateway, records, operations } = gatewayFor(GUARDED, bedrock.client());
    await gateway.fetch(chat(HELLO));
    expect(records[0]?.intervened).toBeUndefined();
    expect(JSON.stringify(operations)).not.toContain('interventions');
  });
});

const PROJECTS: GatewayPolicy = {
  ...TWO_PROJECTS(),
  projects: [
    { id: 'helpdesk-bot', models: ['assistant'], limits: {}, guardrails: [FRANKFURT, STOCKHOLM] },
    { id: 'search', models: ['assistant', 'embed'], limits: {} },
  ],
};

describe('projects behind one gateway', () => {
  test('have each their own guardrail, or none', async () => {
    answers();
    const { gateway, make } = keyedGateway({ upstream: bedrock.client(), policy: PROJECTS });
    for (const project of ['helpdesk-bot', 'search']) {
      const { key } = await make(project);
      expect((await gateway.fetch(chat(HELLO, { authorization: `Bearer ${key}` }))).status).toBe(200);
    }
    expect(configs()).toEqual([WHOLE, undefined]);
  });
});

/** From Frankfurt, the facts name six Regions. */
const SIX = 'eu-central-1,eu-north-1,eu-south-1,eu-south-2,eu-west-1,eu-west-3';
const ROUTED: GatewayPolicy = {
  ...GUARDED,
  models: [{ id: 'assistant', destinations: [{ region: 'eu-central-1', id: GPT_OSS }] }],
  guardrails: [{ ...FRANKFURT, profile: 'eu.guardrail.v1:0' }],
};

describe('a guardrail profile evaluates content in its Regions', () => {
  test.each([
    ['answers', 200],
    ['fails', 503],
  ])('which are named where the destination %s', async (_, status) => {
    bedrock.replies(() => (status === 200 ? reply('yes', 'end_turn') : { status, error: 'X' }));
    const { gateway, records } = gatewayFor(ROUTED, bedrock.client());
    const response = await gateway.fetch(chat(HELLO));
    expect(response.status).toBe(status);
    expect(response.headers.get('x-residency-may-process')).toBe(SIX);
    expect(records[0]?.mayProcess?.join()).toBe(SIX);
    expect(configs()[0]).toEqual(WHOLE);
  });

  test('so a project is served only after a check of each, and one without a guardrail is not affected', () => {
    const project = { models: ['assistant'], limits: {} };
    const { guarded, models } = admitPolicy({
      ...PROJECTS,
      models: ROUTED.models,
      projects: [
        { id: 'helpdesk-bot', ...project, guardrails: ROUTED.guardrails },
        { id: 'search', ...project },
      ],
    });
    const [checked] = guarded?.get('helpdesk-bot')?.models.get('assistant') ?? [];
    expect(checked?.regions.join()).toBe(SIX);
    expect(models.get('assistant')?.[0]?.regions).toEqual(['eu-central-1']);
  });

  test('and one outside the boundary keeps the gateway from starting', () => {
    const outside = { ...FRANKFURT, profile: 'us.guardrail.v1:0' };
    expect(() => admitPolicy({ ...ROUTED, guardrails: [outside] })).toThrow("isn't inside the EU");
  });
});

describe('the gateway starts only if each guardrail can check each destination', () => {
  const admit = (over: Partial<GatewayPolicy>) => () =>
    admitPolicy(parsePolicy(JSON.stringify({ ...GUARDED, ...over })));

  test.each<[string, Partial<GatewayPolicy>, RegExp]>([
    [
      'a Region without one',
      { guardrails: [FRANKFURT] },
      /openai\.gpt-oss.* is called in eu-north-1, and a guardrail checks only calls in its own Region/,
    ],
    ['embeddings', { models: [ASSISTANT, EMBED] }, /workspace 'sciences'.*'embed'.*checks no embeddings/],
    [
      'a server',
      {
        models: [
          {
            id: 'own',
            destinations: [
              { server: 'http://vllm.internal:8000/v1', model: 'm', kind: 'text', region: 'eu-central-1' },
            ],
          },
        ],
      },
      /only calls of models in Bedrock/,
    ],
    ['DRAFT', { guardrails: [{ ...FRANKFURT, version: 'DRAFT' }, STOCKHOLM] }, /'DRAFT' isn't a version number/],
    ['Virginia', { guardrails: [{ ...FRANKFURT, region: 'us-east-1' }] }, /us-east-1.*outside the EU/],
    [
      "another Region's ARN",
      { guardrails: [{ ...FRANKFURT, id: 'arn:aws:bedrock:us-east-1:111122223333:guardrail/x' }, STOCKHOLM] },
      /belongs to 'us-east-1'/,
    ],
    [
      'an ARN that the environment must have',
      { guardrails: [{ region: 'eu-central-1', at: 0 }, STOCKHOLM] },
      /ARN of the guardrail.*is missing/,
    ],
    [
      'a key that is not known',
      { guardrails: [{ ...FRANKFURT, trace: 'enabled' } as never] },
      /policy\.json doesn't have the form/,
    ],
    ['none at all', { guardrails: [] }, /'guardrails' must have at least 1 entry/],
  ])('not with %s', (_, over, message) => {
    expect(admit(over)).toThrow(message);
  });

  test('not with one guardrail for all projects', () => {
    expect(() => admitPolicy({ ...PROJECTS, guardrails: [FRANKFURT] })).toThrow("'guardrails' belong to each project");
  });

  test('not with an embedding model of the guarded project only', () => {
    const [first, second] = PROJECTS.projects as [never, never];
    expect(() =>
      admitPolicy({ ...PROJECTS, projects: [{ ...(first as object), models: ['embed'] } as never, second] }),
    ).toThrow(/project 'helpdesk-bot' can't check model 'embed'/);
  });
});

describe('the ARNs of a deployed gateway come from its environment', () => {
  const arn = (region: string, id: string) => `arn:aws:bedrock:${region}:111122223333:guardrail/${id}`;
  const placed = {
    ...GUARDED,
    guardrails: [
      { region: 'eu-north-1', at: 1 },
      { region: 'eu-central-1', at: 0 },
    ],
  };

  test('by position', async () => {
    answers();
    const resolved = withGuardrailArns(placed, `${arn('eu-central-1', 'a1')}:4 ${arn('eu-north-1', 'b2')}:12`);
    expect(resolved.guardrails).toEqual([
      { region: 'eu-north-1', id: arn('eu-north-1', 'b2'), version: '12' },
      { region: 'eu-central-1', id: arn('eu-central-1', 'a1'), version: '4' },
    ]);
    await gatewayFor(resolved, bedrock.client()).gateway.fetch(chat(HELLO));
    expect(configs()).toEqual([{ ...WHOLE, guardrailIdentifier: arn('eu-central-1', 'a1'), guardrailVersion: '4' }]);
    expect(bedrock.complaints).toEqual([]);
  });

  test.each([undefined, '', arn('eu-central-1', 'a1'), `${arn('eu-central-1', 'a1')}:4`, 'x:1 y:1'])(
    'or the gateway does not start: %s',
    (variable) => {
      expect(() => withGuardrailArns(placed, variable)).toThrow("'GUARDRAILS' must have an entry");
    },
  );

  test('also for projects', () => {
    const own = PROJECTS.projects?.map((project) => ({ ...project, guardrails: [{ region: 'eu-central-1', at: 0 }] }));
    const resolved = withGuardrailArns({ ...PROJECTS, projects: own }, `${arn('eu-central-1', 'a1')}:4`);
    expect(resolved.projects?.map(({ guardrails }) => guardrails)).toEqual(
      Array(2).fill([{ region: 'eu-central-1', id: arn('eu-central-1', 'a1'), version: '4' }]),
    );
  });
});
