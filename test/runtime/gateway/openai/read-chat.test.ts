import type { ModelEvent } from '@/lib/runtime/gateway/converse/model-event';
import { readChat, readChatStream } from '@/lib/runtime/gateway/openai/read-chat';

const chunk = (delta: object, finish_reason: string | null = null) =>
  JSON.stringify({ choices: [{ delta, finish_reason }] });
const called = (index: number, id: string | undefined, name: string | undefined, args: string) => ({
  tool_calls: [{ index, id, function: { name, arguments: args } }],
});

async function eventsOf(...lines: string[]): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  async function* data() {
    yield* lines;
  }
  for await (const event of readChatStream(data())) events.push(event);
  return events;
}
const END = { type: 'block-end' };

test('text, reasoning and calls become blocks one after the other', async () => {
  const events = await eventsOf(
    chunk({ role: 'assistant', content: '' }),
    chunk({ reasoning_content: 'hm' }),
    chunk({ content: 'Gu' }),
    chunk({ content: 'ten' }),
    chunk(called(0, 'a', 'weather', '{"c":')),
    chunk(called(0, undefined, undefined, '1}')),
    chunk(called(1, 'b', 'now', '')),
    chunk({}, 'tool_calls'),
    JSON.stringify({
      choices: [],
      usage: { prompt_tokens: 5, completion_tokens: 7, completion_tokens_details: { reasoning_tokens: 2 } },
    }),
    '[DONE]',
  );
  expect(events).toEqual([
    { type: 'reasoning', delta: 'hm' },
    END,
    { type: 'text', delta: 'Gu' },
    { type: 'text', delta: 'ten' },
    END,
    { type: 'tool-call', id: 'a', name: 'weather' },
    { type: 'tool-arguments', delta: '{"c":' },
    { type: 'tool-arguments', delta: '1}' },
    END,
    { type: 'tool-call', id: 'b', name: 'now' },
    { type: 'tool-arguments', delta: '{}' },
    END,
    { type: 'end', finish: 'tool_calls' },
    { type: 'usage', usage: { prompt: 5, completion: 7, cached: 0, cacheWrite: 0, reasoning: 2 } },
  ]);
});

test('a whole answer is the same events', () => {
  const message = { content: 'Guten', tool_calls: [{ id: 'a', function: { name: 'weather', arguments: '{}' } }] };
  expect(
    readChat({
      choices: [{ message, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: 1 } },
    }),
  ).toEqual([
    { type: 'text', delta: 'Guten' },
    END,
    { type: 'tool-call', id: 'a', name: 'weather' },
    { type: 'tool-arguments', delta: '{}' },
    END,
    { type: 'end', finish: 'tool_calls' },
    { type: 'usage', usage: { prompt: 1, completion: 0, cached: 1, cacheWrite: 0, reasoning: 0 } },
  ]);
});

test.each([
  ['stop', {}, 'stop'],
  ['length', {}, 'length'],
  ['content_filter', {}, 'content_filter'],
  ['stop', { refusal: 'I cannot' }, 'content_filter'],
  [null, {}, 'stop'],
])('an answer that ends with %s %j finishes with %s', (finish_reason, more, finish) => {
  const events = readChat({ choices: [{ message: { content: 'x', ...more }, finish_reason }] });
  expect(events.at(-1)).toEqual({ type: 'end', finish });
});

test.each<[string, string[]]>([
  ['ends before the model does', [chunk({ content: 'x' })]],
  ['is empty', []],
  ['says that it failed', [chunk({ content: 'x' }), '{"error":{"message":"CANARY"}}']],
  ['goes back to a call that was over', [chunk(called(1, 'a', 'x', '')), chunk(called(0, 'b', 'y', ''))]],
  ['calls a tool without a name', [chunk(called(0, 'a', undefined, '{}'))]],
  ['is no JSON', ['CANARY']],
  ['is of another form', ['{"choices":"CANARY"}']],
])('a stream that %s is refused', async (_, lines) => {
  await expect(eventsOf(...lines)).rejects.toThrow();
});
