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

/** Sends a request for stored content, and checks the answer against the document. */
async function request(
  method: 'get' | 'post' | 'delete',
  path: string,
  ids: Record<string, string>,
  payload?: object | FormData,
) {
  const url = path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? '');
  const isForm = payload instanceof FormData;
  const headers = { authorization: 'Bearer ada', ...(!isForm && { 'content-type': 'application/json' }) };
  const body = isForm ? payload : payload && JSON.stringify(payload);
  const response = await content
    .gateway()
    .fetch(new Request(`https://gateway.test/v1${url}`, { method: method.toUpperCase(), headers, body }));
  const answer = (await response.json()) as { id: string; data: { id: string }[] };
  expect([response.status, answer]).toEqual([200, answer]);
  expect(openAi.answerErrors(method, path, answer)).toEqual([]);
  return answer;
}

function form(fields: Readonly<Record<string, string | File>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

test('answers for a conversation and its items conform to the document', async () => {
  const { id } = await request('post', '/conversations', {}, { metadata: { topic: 'a' }, items });
  const ids = { conversation_id: id };
  await request('get', CONVERSATION, ids);
  await request('post', CONVERSATION, ids, { metadata: { topic: 'b' } });
  await request('post', '/responses', {}, { model: 'assistant', conversation: id, input: 'and then?', tools });
  const added = await request('post', ITEMS, ids, { items });
  const listed = await request('get', ITEMS, ids);
  expect(listed.data).toHaveLength(8);
  for (const { id: item_id } of listed.data) await request('get', ITEM, { ...ids, item_id });
  await request('delete', ITEM, { ...ids, item_id: `${added.data[0]?.id}` });
  await request('delete', CONVERSATION, ids);
});

test('answers for a stored response and its input conform to the document', async () => {
  const { id } = await request('post', '/responses', {}, { model: 'assistant', input: 'hello' });
  const next = await request('post', '/responses', {}, { model: 'assistant', input: 'more', previous_response_id: id });
  for (const response_id of [id, next.id]) {
    await request('get', RESPONSE, { response_id });
    await request('get', `${RESPONSE}/input_items`, { response_id });
  }
});

const text = 'Guten Tag';
const file = new File([text], 'letter.txt', { type: 'text/plain' });

test('answers for a file conform to the document', async () => {
  const { id: file_id } = await request('post', '/files', {}, form({ file, purpose: 'user_data' }));
  expect((await request('get', '/files', {})).data).toHaveLength(1);
  await request('get', '/files/{file_id}', { file_id });
  const input = [{ role: 'user', content: [{ type: 'input_file', file_id }] }];
  const { id: response_id } = await request('post', '/responses', {}, { model: 'assistant', input });
  await request('get', `${RESPONSE}/input_items`, { response_id });
  await request('delete', '/files/{file_id}', { file_id });
});

test('answers for a multipart upload conform to the document', async () => {
  const upload = { bytes: text.length, filename: 'letter.txt', mime_type: 'text/plain', purpose: 'user_data' };
  const { id: upload_id } = await request('post', '/uploads', {}, upload);
  const part = await request('post', '/uploads/{upload_id}/parts', { upload_id }, form({ data: file }));
  await request('post', '/uploads/{upload_id}/complete', { upload_id }, { part_ids: [part.id] });
  const other = await request('post', '/uploads', {}, upload);
  await request('post', '/uploads/{upload_id}/cancel', { upload_id: other.id });
});
