import type { ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { toCompletion } from '@/lib/runtime/gateway/chat/completion';
import { readConverse } from '@/lib/runtime/gateway/converse/read-converse';

const ABOUT = { id: 'chatcmpl-1', created: 1, model: 'assistant' };
const completionOf = (answer: ConverseCommandOutput) => toCompletion(readConverse(answer), ABOUT);
const answer = (over: Record<string, unknown>, ...content: unknown[]) =>
  ({
    output: { message: { role: 'assistant', content } },
    stopReason: 'end_turn',
    ...over,
  }) as unknown as ConverseCommandOutput;

test.each([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool_calls'],
  ['guardrail_intervened', 'content_filter'],
  ['content_filtered', 'content_filter'],
  ['refusal', 'content_filter'],
])('finishes %s as %s', (stopReason, finish_reason) => {
  expect(completionOf(answer({ stopReason }, { text: 'x' })).choices[0]).toMatchObject({ finish_reason });
});

test.each(['malformed_model_output', 'malformed_tool_use'])('fails on %s', (stopReason) => {
  expect(() => completionOf(answer({ stopReason }))).toThrow(expect.objectContaining({ code: 'provider_failed' }));
});

test('joins texts, separates reasoning, and names the alias', () => {
  const completion = completionOf(
    answer({}, { reasoningContent: { reasoningText: { text: 'hm' } } }, { text: 'Guten ' }, { text: 'Tag' }),
  );
  expect(completion).toMatchObject({ ...ABOUT, object: 'chat.completion' });
  expect(completion.choices[0].message).toEqual({
    role: 'assistant',
    content: 'Guten Tag',
    refusal: null,
    annotations: [],
    reasoning_content: 'hm',
  });
});

test('has no content if a tool is called without text', () => {
  const use = { toolUse: { toolUseId: 'c1', name: 'weather', input: { city: 'Lyon' } } };
  expect(completionOf(answer({ stopReason: 'tool_use' }, use)).choices[0].message).toMatchObject({
    content: null,
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Lyon"}' } }],
  });
});

test('counts cached tokens as part of the prompt', () => {
  const usage = {
    inputTokens: 10,
    outputTokens: 5,
    totalTokens: 15,
    cacheReadInputTokens: 100,
    cacheWriteInputTokens: 7,
  };
  expect(completionOf(answer({ usage }, { text: 'x' })).usage).toEqual({
    prompt_tokens: 117,
    completion_tokens: 5,
    total_tokens: 122,
    prompt_tokens_details: { cached_tokens: 100, cache_write_tokens: 7 },
    completion_tokens_details: { reasoning_tokens: 0 },
  });
});

test('estimates the tokens of reasoning by its share of the text', () => {
  const usage = { inputTokens: 1, outputTokens: 10, totalTokens: 11 };
  const reasoned = { reasoningContent: { reasoningText: { text: 'abcdef' } } };
  expect(completionOf(answer({ usage }, reasoned, { text: 'abcd' })).usage).toMatchObject({
    completion_tokens: 10,
    completion_tokens_details: { reasoning_tokens: 6 },
  });
});
