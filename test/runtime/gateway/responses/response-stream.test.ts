import { gatewayFor, post } from '../support/gateway';
import { PROJECT } from '../support/policies';
import { allOf } from '../support/read-sse';
import { ScriptedBedrock, type Step, speech, stop } from '../support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const START: Step = ['messageStart', { role: 'assistant' }];
const delta = (index: number, value: object): Step => ['contentBlockDelta', { contentBlockIndex: index, delta: value }];
const toolStart = (index: number, toolUseId: string, name: string): Step => [
  'contentBlockStart',
  { contentBlockIndex: index, start: { toolUse: { toolUseId, name } } },
];
const blockStop = (index: number): Step => ['contentBlockStop', { contentBlockIndex: index }];
const steps = (...list: Step[]) => bedrock.replies(() => ({ steps: list }));

async function eventsOf(over: Record<string, unknown> = {}) {
  const fixture = gatewayFor(PROJECT, bedrock.client());
  const response = await fixture.gateway.fetch(
    post('responses', { model: 'assistant', input: 'hello', stream: true, ...over }),
  );
  const sent = await allOf(response);
  for (const { event, data } of sent) expect(event).toBe(data.type);
  const events = sent.map(({ data }) => data);
  expect(events.map((event) => event.sequence_number)).toEqual(events.map((_, index) => index));
  return { ...fixture, events };
}
const types = (events: { type: string }[]) => events.map(({ type }) => type.replace('response.', ''));
const ITEM = ['output_item.added', 'output_item.done'] as const;

test('emits every step of a message, from created to completed', async () => {
  steps(...speech('Guten ', 'Tag'));
  const { events, records } = await eventsOf();
  expect(types(events)).toEqual([
    'created',
    'in_progress',
    ITEM[0],
    'content_part.added',
    'output_text.delta',
    'output_text.delta',
    'output_text.done',
    'content_part.done',
    ITEM[1],
    'completed',
  ]);
  const [created, , added, part, first, , text, done, item, completed] = events;
  expect(created.response).toMatchObject({ status: 'in_progress', output: [], store: false });
  const message = { type: 'message', role: 'assistant', id: added.item.id };
  expect(added).toMatchObject({ output_index: 0, item: { ...message, status: 'in_progress', content: [] } });
  const where = { item_id: added.item.id, output_index: 0, content_index: 0 };
  expect(part).toMatchObject({ ...where, part: { type: 'output_text', text: '', annotations: [] } });
  expect(first).toMatchObject({ ...where, delta: 'Guten ', logprobs: [] });
  expect(text).toMatchObject({ ...where, text: 'Guten Tag', logprobs: [] });
  expect(done).toMatchObject({ ...where, part: { type: 'output_text', text: 'Guten Tag' } });
  expect(item.item).toMatchObject({ ...message, status: 'completed', content: [{ text: 'Guten Tag' }] });
  expect(completed.response).toEqual({
    ...created.response,
    status: 'completed',
    completed_at: expect.any(Number),
    output: [item.item],
    usage: {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 3, cache_write_tokens: 0 },
      output_tokens: 10,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 20,
    },
  });
  expect(records).toMatchObject([{ outcome: 'answered', tokens: { prompt: 10, completion: 10, cached: 3 } }]);
});

test('tells calls of functions, each an item of its own after what was said', async () => {
  steps(
    START,
    delta(0, { text: 'let me see' }),
    blockStop(0),
    toolStart(1, 'c1', 'weather'),
    delta(1, { toolUse: { input: '{"city"' } }),
    delta(1, { toolUse: { input: ':"Lyon"}' } }),
    blockStop(1),
    toolStart(2, 'c2', 'now'),
    blockStop(2),
    ...stop('tool_use'),
  );
  const { events } = await eventsOf({ tools: [{ type: 'function', name: 'weather' }] });
  expect(types(events).slice(4)).toEqual([
    'output_text.delta',
    'output_text.done',
    'content_part.done',
    ITEM[1],
    ITEM[0],
    'function_call_arguments.delta',
    'function_call_arguments.delta',
    'function_call_arguments.done',
    ITEM[1],
    ITEM[0],
    'function_call_arguments.delta',
    'function_call_arguments.done',
    ITEM[1],
    'completed',
  ]);
  const { output } = events.at(-1).response;
  expect(output).toMatchObject([
    { type: 'message' },
    { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{"city":"Lyon"}', status: 'completed' },
    { type: 'function_call', call_id: 'c2', name: 'now', arguments: '{}', status: 'completed' },
  ]);
  expect(new Set(output.map(({ id }: { id: string }) => id)).size).toBe(3);
  const done = events.filter(({ type }) => type === 'response.function_call_arguments.done');
  expect(done[0]).toMatchObject({
    output_index: 1,
    item_id: output[1].id,
    name: 'weather',
    arguments: '{"city":"Lyon"}',
  });
  const added = events.filter(({ type }) => type === 'response.output_item.added');
  expect(added[1].item).toMatchObject({ arguments: '', status: 'in_progress' });
});

const REASONED = [
  START,
  delta(0, { reasoningContent: { text: 'hm, ' } }),
  delta(0, { reasoningContent: { text: 'yes' } }),
  delta(0, { reasoningContent: { signature: 'sig' } }),
  blockStop(0),
  delta(1, { text: 'Yes' }),
  blockStop(1),
  ...stop('end_turn'),
];

test("emits a model's reasoning as a summary", async () => {
  steps(...REASONED);
  const { events } = await eventsOf();
  expect(types(events).slice(2, 9)).toEqual([
    ITEM[0],
    'reasoning_summary_part.added',
    'reasoning_summary_text.delta',
    'reasoning_summary_text.delta',
    'reasoning_summary_text.done',
    'reasoning_summary_part.done',
    ITEM[1],
  ]);
  const [reasoning, message] = events.at(-1).response.output;
  expect(reasoning).toEqual({
    type: 'reasoning',
    id: expect.stringMatching(/^rs_/),
    status: 'completed',
    summary: [{ type: 'summary_text', text: 'hm, yes' }],
  });
  expect(message.content[0].text).toBe('Yes');
  expect(events.at(-1).response.usage.output_tokens_details.reasoning_tokens).toBeGreaterThan(0);
});

test("accepts its own reasoning back in the provider's form", async () => {
  steps(...REASONED);
  const { events } = await eventsOf({ include: ['reasoning.encrypted_content'] });
  const { output } = events.at(-1).response;
  steps(...speech('again'));
  await eventsOf({ input: [{ role: 'user', content: 'q' }, ...output, { role: 'user', content: 'and?' }] });
  expect(bedrock.calls[0]?.body.messages[1].content).toEqual([
    { reasoningContent: { reasoningText: { text: 'hm, yes', signature: 'sig' } } },
    { text: 'Yes' },
  ]);
});

test('gives each piece of reasoning back with its own proof', async () => {
  const redacted = Buffer.from('sealed').toString('base64');
  steps(
    START,
    delta(0, { reasoningContent: { text: 'hm' } }),
    delta(0, { reasoningContent: { signature: 'one' } }),
    blockStop(0),
    delta(1, { reasoningContent: { redactedContent: redacted } }),
    blockStop(1),
    delta(2, { reasoningContent: { text: 'yes' } }),
    delta(2, { reasoningContent: { signature: 'two' } }),
    blockStop(2),
    delta(3, { text: 'Yes' }),
    ...stop('end_turn'),
  );
  const { events } = await eventsOf({ include: ['reasoning.encrypted_content'] });
  const { output } = events.at(-1).response;
  steps(...speech('again'));
  await eventsOf({ input: [{ role: 'user', content: 'q' }, ...output, { role: 'user', content: 'and?' }] });
  expect(bedrock.calls[0]?.body.messages[1].content).toEqual([
    { reasoningContent: { reasoningText: { text: 'hm', signature: 'one' } } },
    { reasoningContent: { redactedContent: redacted } },
    { reasoningContent: { reasoningText: { text: 'yes', signature: 'two' } } },
    { text: 'Yes' },
  ]);
});

test.each([
  ['max_tokens', 'max_output_tokens'],
  ['guardrail_intervened', 'content_filter'],
  ['content_filtered', 'content_filter'],
])('ends %s as incomplete', async (reason, why) => {
  steps(START, delta(0, { text: 'x' }), blockStop(0), ...stop(reason));
  const { events, records } = await eventsOf();
  expect(events.at(-1)).toMatchObject({
    type: 'response.incomplete',
    response: { status: 'incomplete', incomplete_details: { reason: why }, completed_at: null },
  });
  expect(events.at(-1).response.output).toMatchObject([{ status: 'incomplete', content: [{ text: 'x' }] }]);
  expect(records).toMatchObject([{ outcome: 'answered' }]);
});

test.each<[string, Step]>([
  ['the provider reports a failure', { exception: 'modelStreamErrorException' }],
  ['the connection breaks', 'cut'],
])('ends as failed when %s, and with no other destination', async (_, step) => {
  steps(START, delta(0, { text: 'x' }), step);
  const { events, records } = await eventsOf();
  expect(events.at(-1)).toMatchObject({
    type: 'response.failed',
    response: { status: 'failed', error: { code: 'server_error', message: expect.any(String) } },
  });
  expect(events.at(-1).response.output).toMatchObject([{ status: 'incomplete', content: [{ text: 'x' }] }]);
  expect(JSON.stringify(events)).not.toContain('CANARY');
  expect(bedrock.calls).toHaveLength(1);
  expect(records).toMatchObject([{ outcome: 'failed', reason: 'provider_failed' }]);
});

test('pads each delta if requested', async () => {
  steps(...speech('a', 'bc'));
  const { events } = await eventsOf({ stream_options: { include_obfuscation: true } });
  const deltas = events.filter(({ type }) => type === 'response.output_text.delta');
  expect(deltas.map((event) => event.delta.length + event.obfuscation.length)).toEqual([32, 32]);
});
