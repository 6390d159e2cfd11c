import { FakeBedrock } from '../runtime/gateway/support/fake-bedrock';
import { chat, gatewayFor, HELLO, post } from '../runtime/gateway/support/gateway';
import { PROJECT } from '../runtime/gateway/support/policies';
import { OpenAiDocument } from './document';

jest.setTimeout(60_000);

const openAi = new OpenAiDocument();
const fake = new FakeBedrock();
beforeAll(() => fake.start());
afterAll(() => fake.stop());
const send = (request: Request) => gatewayFor(PROJECT, fake.client()).gateway.fetch(request);
const get = (path: string, method = 'GET') => new Request(`https://gateway.test/v1/${path}`, { method });

test.each([
  ['/models', '/models'],
  ['/models/{model}', '/models/assistant'],
])('the answer to GET %s conforms to the document', async (path, of) => {
  const response = await send(get(of.slice(1)));
  expect(openAi.answerErrors('get', path, await response.json())).toEqual([]);
});

test.each([
  ['an unknown model', 404, chat({ ...HELLO, model: 'gpt-4o' })],
  ['a model outside the boundary', 403, chat({ ...HELLO, model: 'global.anthropic.claude-sonnet-4-6' })],
  ['no message', 400, chat({ ...HELLO, messages: [] })],
  ['an unsupported parameter', 400, chat({ ...HELLO, n: 2 })],
  ["a body that isn't JSON", 400, chat('{')],
  ['a hosted tool', 400, post('responses', { model: 'assistant', input: 'x', tools: [{ type: 'web_search' }] })],
  ['a stored response', 404, get('responses/resp_1')],
  ['an unknown path', 404, get('files')],
  ['an unsupported method', 405, get('chat/completions')],
  ['a request without an answer from any destination', 503, chat(HELLO)],
])('the error for %s conforms to the document', async (_, status, request) => {
  for (const region of [fake.frankfurt, fake.stockholm])
    region.onMessage('hello', { error: { message: 'no' }, status: 503 });
  const response = await send(request);
  expect(response.status).toBe(status);
  expect(openAi.schemaErrors('ErrorResponse', await response.json())).toEqual([]);
});
