import { FakeBedrock } from '../runtime/gateway/support/fake-bedrock';
import { chat, gatewayFor, HELLO, post } from '../runtime/gateway/support/gateway';
import { PROJECT } from '../runtime/gateway/support/policies';
import { OpenAiDocument } from './document';

jest.setTimeout(60_000);

const openAi = new OpenAiDocument();
const fake = new FakeBedrock();
beforeAll(() => fake.start());
afterAll(() => fake.stop());
const asked = (request: Request) => gatewayFor(PROJECT, fake.client()).gateway.fetch(request);
const get = (path: string, method = 'GET') => new Request(`https://gateway.test/v1/${path}`, { method });

test.each([
  ['/models', '/models'],
  ['/models/{model}', '/models/assistant'],
])('GET %s', async (path, of) => {
  const response = await asked(get(of.slice(1)));
  expect(openAi.wrongInAnswer('get', path, await response.json())).toEqual([]);
});

test.each([
  ['an unknown model', 404, chat({ ...HELLO, model: 'gpt-4o' })],
  ['a model outside', 403, chat({ ...HELLO, model: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0' })],
  ['no message', 400, chat({ ...HELLO, messages: [] })],
  ['a parameter that nobody keeps', 400, chat({ ...HELLO, seed: 1 })],
  ['a body that is no JSON', 400, chat('{')],
  ['a hosted tool', 400, post('responses', { model: 'assistant', input: 'x', tools: [{ type: 'web_search' }] })],
  ['a stored response', 404, get('responses/resp_1')],
  ['a path that is none', 404, get('files')],
  ['a method that is none', 405, get('chat/completions')],
  ['no answer of any destination', 503, chat(HELLO)],
])('the refusal of %s', async (_, status, request) => {
  for (const region of [fake.frankfurt, fake.stockholm])
    region.onMessage('hello', { error: { message: 'no' }, status: 503 });
  const response = await asked(request);
  expect(response.status).toBe(status);
  expect(openAi.wrongInSchema('ErrorResponse', await response.json())).toEqual([]);
});
