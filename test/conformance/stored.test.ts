import { LocalContent } from '../runtime/workspace/conversations/support/local-content';
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
async function ask(
  method: 'get' | 'post' | 'delete',
  path: string,
  ids: Record<string, string>,
  sent?: object | FormData,
) {
  const where = path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? '');
  const isForm = sent instanceof FormData;
  const headers = { authorization: 'Bearer ada', ...(!isForm && { 'content-type': 'application/json' }) };
  const body = isForm ? sent : sent && JSON.stringify(sent);
  const response = await content
    .gateway()
    .fetch(new Request(`https://gateway.test/v1${where}`, { method: method.toUpperCase(), headers, body }));
  const answer = (await response.json()) as { id: string; data: { id: string }[] };
  expect([response.status, answer]).toEqual([200, answer]);
  expect(openAi.wrongInAnswer(method, path, answer)).toEqual([]);
  return answer;
}

function form(fields: Readonly<Record<string, string | File>>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.append(name, value);
  return made;
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

const text = 'Guten Tag';
const file = new File([text], 'letter.txt', { type: 'text/plain' });

test('a file', async () => {
  const { id: file_id } = await ask('post', '/files', {}, form({ file, purpose: 'user_data' }));
  expect((await ask('get', '/files', {})).data).toHaveLength(1);
  await ask('get', '/files/{file_id}', { file_id });
  const input = [{ role: 'user', content: [{ type: 'input_file', file_id }] }];
  const { id: response_id } = await ask('post', '/responses', {}, { model: 'assistant', input });
  await ask('get', `${RESPONSE}/input_items`, { response_id });
  await ask('delete', '/files/{file_id}', { file_id });
});

test('a file in parts', async () => {
  const wanted = { bytes: text.length, filename: 'letter.txt', mime_type: 'text/plain', purpose: 'user_data' };
  const { id: upload_id } = await ask('post', '/uploads', {}, wanted);
  const part = await ask('post', '/uploads/{upload_id}/parts', { upload_id }, form({ data: file }));
  await ask('post', '/uploads/{upload_id}/complete', { upload_id }, { part_ids: [part.id] });
  const other = await ask('post', '/uploads', {}, wanted);
  await ask('post', '/uploads/{upload_id}/cancel', { upload_id: other.id });
});
