import type { LLMock } from '@copilotkit/aimock';
import OpenAI from 'openai';
import { CITY, PNG } from './clients';

/**
 * The scenarios of responses with OpenAI's own client.
 *
 * @param url the base URL of a gateway that stores nothing
 * @param mock what answers for its destination
 */
export function testResponses(url: () => string, mock: LLMock): void {
  const responses = () => new OpenAI({ baseURL: `${url()}/v1`, apiKey: 'none', maxRetries: 0 }).responses;
  const model = 'assistant';
  const tools: OpenAI.Responses.FunctionTool[] = [
    { type: 'function', name: 'weather', parameters: CITY, strict: true },
  ];

  test('answers', async () => {
    mock.onMessage('hello', { content: 'Guten Tag' });
    const { output_text, status, usage } = await responses().create({ model, input: 'hello' });
    expect([output_text, status]).toEqual(['Guten Tag', 'completed']);
    expect(usage?.total_tokens).toBe((usage?.input_tokens ?? 0) + (usage?.output_tokens ?? 0));
  });

  test('streams, with reasoning, usage and the end', async () => {
    mock.onMessage('hello', { content: 'Guten Tag', reasoning: 'a greeting' }, { chunkSize: 4 });
    const stream = responses().stream({ model, input: 'hello' });
    const { output_text, output, status, usage } = await stream.finalResponse();
    expect([output_text, status]).toEqual(['Guten Tag', 'completed']);
    expect(output[0]).toMatchObject({ type: 'reasoning', summary: [{ text: 'a greeting' }] });
    expect(output.at(-1)).toMatchObject({ type: 'message', role: 'assistant', status: 'completed' });
    expect(usage?.total_tokens).toBe((usage?.input_tokens ?? 0) + (usage?.output_tokens ?? 0));
  });

  test('streams the call of a tool and takes its result', async () => {
    const toolCalls = [{ id: 'call_1', name: 'weather', arguments: '{"city":"Lyon"}' }];
    mock.on({ userMessage: 'weather', hasToolResult: false }, { toolCalls });
    mock.on({ toolCallId: 'call_1' }, { content: 'It is sunny' });
    const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: 'weather' }];
    const first = await responses().stream({ model, input, tools }).finalResponse();
    expect(first.output[0]).toMatchObject({ type: 'function_call', name: 'weather', arguments: '{"city":"Lyon"}' });
    const result = { type: 'function_call_output' as const, call_id: 'call_1', output: 'sun' };
    const second = await responses().create({
      model,
      tools,
      input: [...input, ...(first.output as OpenAI.Responses.ResponseInput), result],
    });
    expect(second.output_text).toBe('It is sunny');
  });

  test('sends an image', async () => {
    mock.onMessage('what is this', { content: 'A dot' });
    const image_url = `data:image/png;base64,${PNG}`;
    const content: OpenAI.Responses.ResponseInputContent[] = [
      { type: 'input_text', text: 'what is this' },
      { type: 'input_image', detail: 'auto', image_url },
    ];
    expect((await responses().create({ model, input: [{ role: 'user', content }] })).output_text).toBe('A dot');
  });

  test('gets an object of a schema', async () => {
    mock.onMessage('city', { content: '{"city":"Lyon"}' });
    const format = { type: 'json_schema' as const, name: 'city', strict: true, schema: CITY };
    const { output_parsed } = await responses().parse({ model, input: 'city', text: { format } });
    expect(output_parsed).toEqual({ city: 'Lyon' });
  });

  test.each([
    ['a model that is none', { model: 'gpt-4o' }, 404],
    ['a model of embeddings', { model: 'embed' }, 400],
    ['a hosted tool', { tools: [{ type: 'web_search' as const }] }, 400],
  ])('learns that %s is refused', async (_, over, status) => {
    await expect(responses().create({ model, input: 'x', ...over })).rejects.toMatchObject({ status });
    expect(mock.getRequests()).toEqual([]);
  });

  test('finds no stored response', async () => {
    await expect(responses().retrieve('resp_1')).rejects.toMatchObject({ status: 404, code: 'response_not_found' });
    await expect(responses().delete('resp_1')).rejects.toMatchObject({ status: 404 });
  });
}
