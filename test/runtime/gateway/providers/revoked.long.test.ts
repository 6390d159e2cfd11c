import fc from 'fast-check';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { bedrockEndpoints } from '@/lib/runtime/aws/endpoint';
import { OpenAiServers } from '@/lib/runtime/gateway/openai/openai-servers';
import type { Answer, Call } from '@/lib/runtime/gateway/openai/transport';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import { ProviderWatch } from '@/lib/runtime/gateway/providers/provider-watch';
import { runsOf } from '@/test/support/property-runs';
import { completion, spoken } from '../support/chat-bedrock';
import { ANSWER, scriptedBedrock } from '../support/fake-bedrock';
import { TERMS } from '../support/fake-server';
import { errorOf, gatewayFor, post } from '../support/gateway';
import { MemoryStates } from '../support/memory-states';
import { CLAUDE, GPT_OSS, WORKSPACE } from '../support/policies';

const POLICY: GatewayPolicy = {
  ...WORKSPACE,
  openai: TERMS,
  models: [
    { id: 'assistant', destinations: [{ openai: 'gpt-5.4' }, { region: 'eu-north-1', id: GPT_OSS }] },
    { id: 'fast', destinations: [{ openai: 'gpt-5.4-mini' }, { region: 'eu-central-1', id: CLAUDE }] },
    {
      id: 'fixed',
      destinations: [{ openai: 'gpt-5.4' }, { region: 'eu-north-1', id: GPT_OSS }],
      interchangeable: false,
    },
  ],
};
const ENDPOINTS = bedrockEndpoints(ResidencyBoundary.eu(), ['eu-central-1', 'eu-north-1'], {});
jest.setTimeout(180_000);

const START = Date.UTC(2026, 11, 1);

async function* bodyOf(text: string) {
  yield new TextEncoder().encode(text);
}

/** OpenAI's host, whose key can be revoked, with a status. */
function openAi() {
  const state = { isRevoked: false, status: 401, answered: 0, refused: 0 };
  const transport = async ({ body }: Call): Promise<Answer> => {
    if (state.isRevoked) {
      state.refused++;
      return { status: state.status, body: bodyOf('{"error":{"message":"CANARY"}}') };
    }
    state.answered++;
    const streams = JSON.parse(body).stream === true;
    const events = spoken('Guten ', 'Tag').map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    return {
      status: 200,
      body: bodyOf(
        streams ? events.map((one) => `data: ${one}\n\n`).join('') : JSON.stringify(completion('Guten Tag')),
      ),
    };
  };
  return { state, servers: new OpenAiServers({ transport, openAiKey: 'sk-test' }) };
}

/** Processes of one deployment, on one clock, with one table. */
function deployment(processes: number) {
  const clock = { time: START };
  const now = () => new Date(clock.time);
  const states = new MemoryStates();
  const { state, servers } = openAi();
  const { models } = admitPolicy(parsePolicy(JSON.stringify(POLICY)));
  const destinations = [...models.values()].flat();
  const all = Array.from({ length: processes }, () => {
    const { bedrock, calls } = scriptedBedrock(ENDPOINTS, () => ANSWER);
    const watch = new ProviderWatch({ states, destinations, now });
    const { gateway, operations, records } = gatewayFor(POLICY, bedrock, { servers, providers: watch, now });
    return { watch, gateway, operations, records, calls };
  });
  const hasLeft = () => all.every(({ watch }) => destinations.some((one) => watch.leftOf(one)?.name === 'openai'));
  return { clock, states, state, all, hasLeft };
}

const HELLO = [{ role: 'user', content: 'hello' }];
const FORMS = {
  chat: (model: string, stream: boolean) => post('chat/completions', { model, stream, messages: HELLO }),
  responses: (model: string, stream: boolean) => post('responses', { model, stream, store: false, input: 'hello' }),
  messages: (model: string, stream: boolean) => post('messages', { model, stream, max_tokens: 64, messages: HELLO }),
};
type Form = keyof typeof FORMS;

async function ask(
  gateway: ReturnType<typeof deployment>['all'][number]['gateway'],
  form: Form,
  model: string,
  stream: boolean,
) {
  const response = await gateway.fetch(FORMS[form](model, stream));
  const text = await response.text();
  return { status: response.status, destination: response.headers.get('x-residency-destination'), text };
}

const moment = fc.record({
  before: fc.nat(20),
  wait: fc.integer({ min: 100, max: 3_000 }),
  picks: fc.array(
    fc.record({
      process: fc.nat(1),
      form: fc.constantFrom<Form>('chat', 'responses', 'messages'),
      model: fc.constantFrom('assistant', 'fast'),
      stream: fc.boolean(),
    }),
    { minLength: 40, maxLength: 40 },
  ),
});

test('a key that is revoked at a random moment under load: no turn is lost, and all processes leave within 60 seconds', async () => {
  const times: number[] = [];
  await fc.assert(
    fc.asyncProperty(moment, async ({ before, wait, picks }) => {
      const { clock, states, state, all, hasLeft } = deployment(2);
      let asked = 0;
      const request = async () => {
        const pick = picks[asked++ % picks.length] as (typeof picks)[number];
        const one = all[pick.process] as (typeof all)[number];
        clock.time += wait;
        const answer = await ask(one.gateway, pick.form, pick.model, pick.stream);
        await one.watch.settled();
        expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('Tag') });
        return answer.destination ?? '';
      };
      for (let index = 0; index < before; index++) expect(await request()).toMatch(/^openai\//);
      state.isRevoked = true;
      const revoked = clock.time;
      while (!hasLeft() && clock.time - revoked <= 60_000) expect(await request()).not.toMatch(/^openai\//);
      expect(hasLeft()).toBe(true);
      times.push(clock.time - revoked);
      // Once it has left, no request is sent to it any more.
      const { refused } = state;
      for (let index = 0; index < 5; index++) expect(await request()).not.toMatch(/^openai\//);
      expect(state.refused).toBe(refused);
      expect([...states.items.keys()]).toEqual(['openai#0']);
      state.isRevoked = false;
      states.readmit('openai');
      const readmitted = clock.time;
      const used = new Set<number>();
      while (used.size < 2 && clock.time - readmitted <= 60_000) {
        await request();
        all.forEach(({ watch }, index) => {
          const [first] = [...admitPolicy(POLICY).models.values()].flat();
          if (first && watch.leftOf(first) === undefined) used.add(index);
        });
      }
      expect(used.size).toBe(2);
      // Every request was answered once: by OpenAI, or by Bedrock.
      const bedrock = all.reduce((sum, { calls }) => sum + calls.length, 0);
      expect(state.answered + bedrock).toBe(asked);
    }),
    runsOf(100, 300),
  );
  expect(Math.max(...times)).toBeLessThanOrEqual(60_000);
  expect(times).toHaveLength(100);
});

test.each(['chat', 'responses', 'messages'] as const)(
  'the answer of %s states which model produced it',
  async (form) => {
    const { state, all } = deployment(1);
    const [{ gateway, operations }] = all as [(typeof all)[number]];
    expect(await ask(gateway, form, 'assistant', false)).toMatchObject({ destination: 'openai/gpt-5.4' });
    state.isRevoked = true;
    for (const stream of [false, true])
      expect(await ask(gateway, form, 'assistant', stream)).toMatchObject({ status: 200, destination: GPT_OSS });
    expect(operations.at(-1)?.failedAttempts).toMatchObject([{ destination: 'openai/gpt-5.4', failure: 'denied' }]);
  },
);

test('a 403 ends the request until probes show that the content is not its cause', async () => {
  const { state, all } = deployment(1);
  const [{ gateway, watch }] = all as [(typeof all)[number]];
  Object.assign(state, { isRevoked: true, status: 403 });
  for (const status of [502, 200, 200]) {
    expect(await ask(gateway, 'chat', 'assistant', false)).toMatchObject({ status });
    await watch.settled();
  }
});

describe('if a provider is out of use', () => {
  const out = async (...requests: Request[]) => {
    const one = deployment(1);
    await one.states.leave({
      name: 'openai',
      generation: 0,
      at: '2026-12-01T00:00:00.000Z',
      kind: 'key',
      refusals: 5,
      models: [],
    });
    const [{ gateway, calls, records }] = one.all as [(typeof one.all)[number]];
    const answers = [];
    for (const request of requests) answers.push(await gateway.fetch(request));
    return { ...one, answers, calls, records };
  };

  test('its destinations are skipped, without an attempt, and the record names them', async () => {
    const { answers, calls, state, records } = await out(FORMS.chat('assistant', false));
    expect(records[0]?.skipped).toEqual([
      { destination: 'openai/gpt-5.4', sourceRegion: 'eu.api.openai.com', why: 'out-of-use' },
    ]);
    expect(records[0]?.attempts?.map(({ destination }) => destination)).toEqual([GPT_OSS]);
    // No Region of theirs has processed the request.
    expect(records[0]?.mayProcess).not.toContain('CH');
    expect(answers[0]?.headers.get('x-residency-destination')).toBe(GPT_OSS);
    expect([calls.length, state.answered, state.refused]).toEqual([1, 0, 0]);
  });

  test('a model that is not interchangeable is answered by no other, and the error names the provider and who can readmit it', async () => {
    const { answers, calls, records } = await out(FORMS.chat('fixed', false));
    expect(records[0]).toMatchObject({ outcome: 'failed', skipped: [{ destination: 'openai/gpt-5.4' }] });
    expect(records[0]?.attempts).toBeUndefined();
    expect(await errorOf(answers[0] as Response)).toMatchObject({
      status: 503,
      code: 'residency_no_destination',
      message:
        "no destination inside the boundary could answer now, and no destination outside it is ever used; 'openai' is out of use since " +
        "2026-12-01T00:00:00.000Z, until the operator readmits it with 'eu-residency providers readmit openai'; try again later",
    });
    expect(calls).toEqual([]);
  });
});
