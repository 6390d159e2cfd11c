import { gatewayFor, NO_BEDROCK, post } from '../support/gateway';
import { PROJECT } from '../support/policies';

const ASK = { model: 'assistant', input: 'Guten Tag' };

async function answerTo(body: object, path = 'responses/input_tokens') {
  const { gateway, records } = gatewayFor(PROJECT, NO_BEDROCK);
  const response = await gateway.fetch(post(path, body));
  return { status: response.status, records, body: (await response.json()) as never };
}

async function count(over: object): Promise<number> {
  const { body } = await answerTo({ ...ASK, ...over });
  return (body as { input_tokens: number }).input_tokens;
}

test("counts the input of a response in OpenAI's form, and calls nothing", async () => {
  const { status, body, records } = await answerTo(ASK);
  expect([status, body]).toEqual([200, { object: 'response.input_tokens', input_tokens: expect.any(Number) }]);
  expect(records).toMatchObject([{ model: 'assistant', outcome: 'answered' }]);
  const base = await count({});
  expect(base).toBeGreaterThan(0);
  expect(await count({ input: 'Guten Tag '.repeat(100) })).toBeGreaterThan(base + 100);
  expect(await count({ instructions: 'Answer in German, in one sentence.' })).toBeGreaterThan(base);
  const tool = { type: 'function', name: 'f', parameters: { type: 'object', properties: {} } };
  expect(await count({ tools: [tool] })).toBeGreaterThan(base);
});

test.each([
  ['a parameter that changes no input', { max_output_tokens: 9 }, 400, 'unknown_parameter'],
  ['a stored response, in a project', { previous_response_id: 'resp_x' }, 400, 'residency_store_refused'],
  ['no model', { model: undefined }, 400, 'missing_required_parameter'],
  ['a model that is not served', { model: 'other' }, 404, 'model_not_found'],
])('refuses %s', async (_, over, status, code) => {
  const { body, ...answer } = await answerTo({ ...ASK, ...over });
  expect([answer.status, (body as { error: { code: string } }).error.code]).toEqual([status, code]);
});

test('no other last segment is a count', async () => {
  expect((await answerTo(ASK, 'responses/compact')).status).toBe(404);
  expect((await answerTo(ASK, 'responses/resp_x')).status).toBe(405);
});
