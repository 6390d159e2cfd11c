import { LocalContent } from '../runtime/workspace/content/support/local-content';
import { OpenAiDocument } from './document';

const CONVERSATION = '/conversations/{conversation_id}';
const ITEMS = `${CONVERSATION}/items`;
const ITEM = `${ITEMS}/{item_id}`;
const RESPONSE = '/responses/{response_id}';

const openAi = new OpenAiDocument();
const content = new LocalContent();
afterAll(() => content.close());

const items = [
  { role: 'user', content: 'hello' },
  { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{}' },
  { type: 'function_call_output', call_id: 'c1', output: 'sun' },
];

const tools = [{ type: 'function', name: 'weather', parameters: { type: 'object' } }];

/** Asks for something that is stored, and holds the answer against the document. */
async function ask(method: 'get' | 'post' | 'delete', path: string, ids: Record<string, string>, body?: object) {
  const where = path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? '');
  const headers = { authorization: 'Bearer ada', 'content-type': 'application/json' };
  const init = { method: method.toUpperCase(), headers, body: body && JSON.stringify(body) };
  const response = await content.gateway().fetch(new Request(`https://gateway.test/v1${where}`, init));
  const answer = (await response.json()) as { id: string; data: { id: string }[] };
  expect([response.status, answer]).toEqual([200, answer]);
  expect(openAi.wrongInAnswer(method, path, answer)).toEqual([]);
  return answer;
}

test('a conversation and its items', async () => {
  const { id } = await ask('post', '/conversations', {}, { metadata: { topic: 'a' }, items });
  const ids = { conversation_id: id };
  await ask('get', CONVERSATION, ids);
  await ask('post', CONVERSATION, ids, { metadata: { topic: 'b' } });
  await ask('post', '/responses', {}, { model: 'assistant', conversation: id, input: 'and then?', tools });
  const added = await ask('post', ITEMS, ids, { items });
  const listed = await ask('get', ITEMS, ids);
  expect(listed.data).toHaveLength(8);
  for (const { id: item_id } of listed.data) await ask('get', ITEM, { ...ids, item_id });
  await ask('delete', ITEM, { ...ids, item_id: `${added.data[0]?.id}` });
  await ask('delete', CONVERSATION, ids);
});

test('a stored response and what was asked', async () => {
  const { id } = await ask('post', '/responses', {}, { model: 'assistant', input: 'hello' });
  const next = await ask('post', '/responses', {}, { model: 'assistant', input: 'more', previous_response_id: id });
  for (const response_id of [id, next.id]) {
    await ask('get', RESPONSE, { response_id });
    await ask('get', `${RESPONSE}/input_items`, { response_id });
  }
});
