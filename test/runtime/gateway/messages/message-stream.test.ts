import { setTimeout as wait } from 'node:timers/promises';
import { encodeEventStreamMessage } from '@copilotkit/aimock';
import { eventsOf } from '@/lib/runtime/gateway/bedrock/event-stream';
import { gatewayFor, NO_BEDROCK } from '../support/gateway';
import { CLAUDE, GPT_OSS, PROJECT, serving } from '../support/policies';
import { allOf, readSse } from '../support/read-sse';
import { ScriptedBedrock, type Step, speech, stop } from '../support/scripted-bedrock';
import { blockStop, delta, errorOf, message, START, toolStart } from './support';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const steps = (...list: Step[]) => bedrock.replies(() => ({ steps: list }));
async function streamOf(over: object = {}, policy = PROJECT) {
  const fixture = gatewayFor(policy, bedrock.client());
  const response = await fixture.gateway.fetch(message({ stream: true, ...over }));
  const events = await allOf(response);
  for (const { event, data } of events) expect(event).toBe(data.type);
  return { ...fixture, response, data: events.map((event) => event.data) };
}
/** The events without their index, in short. */
const short = (data: { type: string }[]) =>
  data.map(({ type, ...rest }) => [type.replace('content_block_', ''), ...Object.values(rest)]);

test('sends the events of a message', async () => {
  steps(...speech('Guten ', 'Tag'));
  const { data, response, records } = await streamOf();
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'x-residency-destination': CLAUDE,
    'ai-disclosure': expect.any(String),
    'request-id': response.headers.get('x-request-id'),
  });
  const usage = (input: number, cached: number, output: number) => ({
    input_tokens: input,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { thinking_tokens: 0 },
    server_tool_use: null,
    service_tier: 'standard',
    inference_geo: null,
    speed: null,
  });
  expect(data).toEqual([
    {
      type: 'message_start',
      message: {
        id: expect.stringMatching(/^msg_/),
        type: 'message',
        role: 'assistant',
        model: 'assistant',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        stop_details: null,
        container: null,
        diagnostics: null,
        usage: usage(0, 0, 0),
      },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: null } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Guten ' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Tag' } },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null, stop_details: null, container: null },
      usage: usage(7, 3, 10),
    },
    { type: 'message_stop' },
  ]);
  expect(records).toMatchObject([{ outcome: 'answered', tokens: { prompt: 10, completion: 10, cached: 3 } }]);
});

const reasoning: Step[] = [
  START,
  delta(0, { reasoningContent: { text: 'hm' } }),
  delta(0, { reasoningContent: { signature: 'sig' } }),
  blockStop(0),
  toolStart(1, 'c1', 'now'),
  blockStop(1),
  delta(2, { text: 'yes' }),
  ...stop('tool_use'),
];

test('begins and ends each block, even if Bedrock does not', async () => {
  steps(...reasoning);
  const tools = [{ name: 'now', input_schema: { type: 'object' } }];
  const { data } = await streamOf({ thinking: { type: 'adaptive' }, tools });
  expect(short(data.slice(1, -2))).toEqual([
    ['start', 0, { type: 'thinking', thinking: '', signature: '' }],
    ['delta', 0, { type: 'thinking_delta', thinking: 'hm' }],
    ['delta', 0, { type: 'signature_delta', signature: 'sig' }],
    ['stop', 0],
    ['start', 1, { type: 'tool_use', id: 'c1', name: 'now', input: {} }],
    ['delta', 1, { type: 'input_json_delta', partial_json: '{}' }],
    ['stop', 1],
    ['start', 2, { type: 'text', text: '', citations: null }],
    ['delta', 2, { type: 'text_delta', text: 'yes' }],
    ['stop', 2],
  ]);
});

test('reasoning that was not requested is only its proof', async () => {
  steps(...reasoning);
  const { data } = await streamOf();
  expect(short(data.slice(1, 4))).toEqual([
    ['start', 0, { type: 'thinking', thinking: '', signature: '' }],
    ['delta', 0, { type: 'signature_delta', signature: 'sig' }],
    ['stop', 0],
  ]);
  steps(
    START,
    delta(0, { reasoningContent: { text: 'hm' } }),
    blockStop(0),
    delta(1, { text: 'yes' }),
    ...stop('end_turn'),
  );
  const unsigned = await streamOf({}, serving({ region: 'eu-north-1', id: GPT_OSS }));
  expect(short(unsigned.data.slice(1, 2))).toEqual([['start', 0, { type: 'text', text: '', citations: null }]]);
});

test('a client that waits gets a ping', async () => {
  let go: () => void = () => {};
  const waited = new Promise<void>((resolve) => {
    go = resolve;
  });
  steps(START, delta(0, { text: 'x' }), { wait: waited }, blockStop(0), ...stop('end_turn'));
  const { gateway } = gatewayFor(PROJECT, bedrock.client(), { heartbeatMs: 20 });
  const types: string[] = [];
  for await (const { event = '', data } of readSse(await gateway.fetch(message({ stream: true })))) {
    types.push(event);
    if (event === 'ping') {
      expect(data).toEqual({ type: 'ping' });
      go();
    }
  }
  expect(types).toContain('ping');
  expect(types.at(-1)).toBe('message_stop');
});

test.each<[string, Step]>([
  ['an exception', { exception: 'modelStreamErrorException' }],
  ['throttling', { exception: 'throttlingException' }],
  ['a break', 'cut'],
])('after the start, %s ends the stream with an error, and no other destination is tried', async (_, fault) => {
  steps(START, delta(0, { text: 'x' }), fault);
  const { data, records, response } = await streamOf();
  expect(response.status).toBe(200);
  expect(data.at(-1)).toEqual({
    type: 'error',
    error: { type: 'api_error', message: expect.not.stringContaining('CANARY'), code: 'provider_failed', param: null },
    request_id: response.headers.get('request-id'),
  });
  expect(data.map(({ type }: { type: string }) => type)).not.toContain('message_stop');
  expect(bedrock.calls).toHaveLength(1);
  expect(records).toMatchObject([{ outcome: 'failed', reason: 'provider_failed' }]);
});

test('arguments that are no object end the stream with an error', async () => {
  const tools = [{ name: 'now', input_schema: { type: 'object' } }];
  const called = (...inputs: string[]) =>
    steps(
      START,
      toolStart(0, 'c1', 'now'),
      ...inputs.map((input) => delta(0, { toolUse: { input } })),
      blockStop(0),
      ...stop('tool_use'),
    );
  called(' ', '[1', ']');
  expect((await streamOf({ tools })).data.at(-1)).toMatchObject({ type: 'error', error: { code: 'provider_failed' } });
  called(' ', '{"a":', '[1]}');
  expect((await streamOf({ tools })).data.at(-1)).toEqual({ type: 'message_stop' });
});

test.each([429, 503, 500, 408, 424])('before the start, a %d moves on to the next destination', async (status) => {
  bedrock.replies(({ model }) => (model === CLAUDE ? { status, error: 'Exception' } : { steps: speech('God dag') }));
  const { response, data } = await streamOf();
  expect(response.headers.get('x-residency-destination')).toBe(GPT_OSS);
  expect(data.at(-1)).toEqual({ type: 'message_stop' });
  expect(bedrock.calls.map(({ model }) => model)).toEqual([CLAUDE, GPT_OSS]);
});

test('an empty stream moves on too', async () => {
  bedrock.replies(({ model }) => ({ steps: model === CLAUDE ? [] : speech('x') }));
  const { response } = await streamOf();
  expect(response.headers.get('x-residency-destination')).toBe(GPT_OSS);
});

test('a frame that cannot be read ends the stream with an error', async () => {
  const good = speech('x')
    .slice(0, 2)
    .map((step) => encodeEventStreamMessage(...(step as [string, object])));
  const upstream = {
    ...NO_BEDROCK,
    converseStream: async () => {
      return eventsOf(
        (async function* () {
          yield* good;
          yield Buffer.from('ffffffffffffffff', 'hex');
        })(),
      );
    },
  };
  const response = await gatewayFor(PROJECT, upstream as never).gateway.fetch(message({ stream: true }));
  expect((await allOf(response)).at(-1)).toMatchObject({ event: 'error', data: { error: { type: 'api_error' } } });
});

test.each([
  [403, 'AccessDeniedException', 502, 'provider_denied_gateway', 'api_error', 2],
  [403, 'Exception', 502, 'provider_denied_gateway', 'api_error', 1],
  [400, 'Exception', 400, 'provider_rejected_request', 'invalid_request_error', 1],
])('a %d with %s of every destination is answered by %d', async (status, error, answered, code, type, calls) => {
  bedrock.replies(() => ({ status, error }));
  const { gateway } = gatewayFor(PROJECT, bedrock.client());
  const response = await gateway.fetch(message({ stream: true }));
  expect(await errorOf(response)).toMatchObject({ status: answered, code, type });
  // A denial of the gateway moves on to the next destination; a refusal that may be about the content is final.
  expect(bedrock.calls).toHaveLength(calls);
});

test('a client that leaves closes the connection to Bedrock', async () => {
  steps(START, delta(0, { text: 'x' }), { wait: new Promise(() => {}) });
  const abort = new AbortController();
  const { gateway, records } = gatewayFor(PROJECT, bedrock.client());
  const response = await gateway.fetch(message({ stream: true }, {}, abort.signal));
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await bedrock.dropped;
  await wait(0);
  expect(records).toMatchObject([{ outcome: 'aborted' }]);
});
