import { jsonOf } from '@/test/support/json-of';
import { LocalContent } from './support/local-content';

const model = 'assistant';

let local: LocalContent;
beforeAll(() => {
  local = new LocalContent();
});
afterAll(() => local.close());

const said = (content: string) => ({ role: 'user' as const, content });

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await local.gateway().fetch(
    new Request(`https://gateway.test/v1/${path}`, {
      method,
      headers: { authorization: 'Bearer ada', 'content-type': 'application/json', ...headers },
      body:
        body === undefined || body instanceof Uint8Array
          ? (body as Uint8Array<ArrayBuffer> | undefined)
          : JSON.stringify(body),
    }),
  );
  return { status: response.status, headers: response.headers, body: await jsonOf(response) };
}

test('a conversation is created without a body, labelled and deleted', async () => {
  const openai = local.openai();
  const made = await openai.conversations.create();
  expect(made).toEqual({
    id: expect.stringMatching(/^conv_[0-9a-f]{44}$/),
    object: 'conversation',
    created_at: local.time / 1_000,
    metadata: {},
  });
  expect(await openai.conversations.update(made.id, { metadata: { a: 'b' } })).toEqual({
    ...made,
    metadata: { a: 'b' },
  });
  expect(await openai.conversations.update(made.id, { metadata: null })).toEqual(made);
  expect(await openai.conversations.delete(made.id)).toEqual({
    id: made.id,
    object: 'conversation.deleted',
    deleted: true,
  });
  await expect(openai.conversations.retrieve(made.id)).rejects.toMatchObject({ code: 'conversation_not_found' });
});

test.each<[string, Uint8Array<ArrayBuffer> | undefined]>([
  ['no body', undefined],
  ['an empty body', new Uint8Array()],
])('a conversation is created with %s', async (_, body) => {
  expect(await ask('POST', 'conversations', body, { 'content-type': '' })).toMatchObject({ status: 200 });
});

test('deleting a conversation deletes the responses made in it', async () => {
  const openai = local.openai('bob');
  const { id } = await openai.conversations.create();
  const { id: response } = await openai.responses.create({ model, input: 'x', conversation: id });
  await openai.conversations.delete(id);
  await expect(openai.responses.retrieve(response)).rejects.toMatchObject({ code: 'response_not_found' });
  expect(await local.rows('bob')).toEqual([]);
});

test("a member's conversations are listed by age, in pages", async () => {
  const openai = local.openai('carol');
  const ids: string[] = [];
  for (let n = 0; n < 7; n++) {
    local.time += 1_000;
    ids.push((await openai.conversations.create({ metadata: { n: `${n}` } })).id);
  }
  const page = (query: string) => openai.get(`/conversations${query}`) as Promise<{ data: { id: string }[] }>;
  expect(await page('?limit=3')).toMatchObject({
    object: 'list',
    data: [{ metadata: { n: '6' } }, { metadata: { n: '5' } }, { metadata: { n: '4' } }],
    first_id: ids[6],
    last_id: ids[4],
    has_more: true,
  });
  expect(await page(`?limit=4&after=${ids[4]}`)).toMatchObject({ last_id: ids[0], has_more: false });
  expect((await page('?order=asc')).data.map(({ id }) => id)).toEqual(ids);
  expect((await page(`?order=asc&after=${ids[2]}&limit=2`)).data.map(({ id }) => id)).toEqual(ids.slice(3, 5));
  expect(await page(`?after=${ids[0]}`)).toMatchObject({ data: [], first_id: null, has_more: false });
});

test('items are listed in either order, from any item, across segments', async () => {
  const openai = local.openai('dan');
  const { id } = await openai.conversations.create();
  const ids: string[] = [];
  for (let n = 0; n < 12; n++) {
    const items = Array.from({ length: 4 }, (_, at) => said(`${n}.${at} ${'x'.repeat(n % 3 === 0 ? 3_000 : 50)}`));
    const { data } = await openai.conversations.items.create(id, { items });
    ids.push(...data.map((item) => item.id ?? ''));
  }
  for (const order of ['asc', 'desc'] as const) {
    const expected = order === 'asc' ? ids : ids.toReversed();
    for (const limit of [1, 5, 100]) {
      const found: string[] = [];
      const pages = openai.conversations.items.list(id, { order, limit });
      for await (const item of pages) found.push(item.id ?? '');
      expect(found).toEqual(expected);
    }
    for (const at of [0, 17, 46, 47]) {
      const { data, has_more } = await openai.conversations.items.list(id, { order, limit: 3, after: expected[at] });
      expect(data.map((item) => item.id)).toEqual(expected.slice(at + 1, at + 4));
      expect(has_more).toBe(at + 4 < expected.length);
    }
  }
});

test('an item is deleted, and the others keep their order', async () => {
  const openai = local.openai('eve');
  const { id } = await openai.conversations.create({ items: ['a', 'b', 'c'].map(said) });
  const { data } = await openai.conversations.items.list(id, { order: 'asc' });
  const [a, b, c] = data.map((item) => item.id ?? '');
  expect(await openai.conversations.items.delete(b ?? '', { conversation_id: id })).toMatchObject({
    id,
    object: 'conversation',
  });
  await openai.conversations.items.create(id, { items: [said('d')] });
  const left = await openai.conversations.items.list(id, { order: 'asc' });
  expect(left.data.map((item) => item.id)).toEqual([a, c, expect.any(String)]);
  for (const item of left.data) await openai.conversations.items.delete(item.id ?? '', { conversation_id: id });
  expect((await openai.conversations.items.list(id)).data).toEqual([]);
  await openai.conversations.items.create(id, { items: [said('e')] });
  expect((await openai.conversations.items.list(id)).data).toHaveLength(1);
});

test('reasoning is returned to the model, and to a client only on request', async () => {
  const openai = local.openai('fay');
  const { id } = await openai.conversations.create();
  const encrypted = Buffer.from(JSON.stringify({ text: 'thought', signature: 's' })).toString('base64url');
  const items = [said('x'), { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: encrypted }] as never;
  const { data } = await openai.conversations.items.create(id, { items });
  expect(data[1]).not.toHaveProperty('encrypted_content');
  const include = ['reasoning.encrypted_content' as const];
  const asked = await openai.conversations.items.list(id, { include });
  expect(asked.data[0]).toHaveProperty('encrypted_content', encrypted);
});

test('the input of a response is listed in pages, in the form of the client', async () => {
  const openai = local.openai('gus');
  const input = ['a', 'b', 'c'].map(said);
  const { id } = await openai.responses.create({ model, input });
  const texts: string[] = [];
  for await (const item of openai.responses.inputItems.list(id, { order: 'asc', limit: 2 })) {
    if (item.type === 'message') texts.push(...item.content.map((part) => ('text' in part ? part.text : '')));
  }
  expect(texts).toEqual(['a', 'b', 'c']);
});

const twenty = Array.from({ length: 21 }, () => said('x'));
const labels = (count: number, key = 'k', value = 'v') =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`${key}${n}`, value]));

test.each<[string, string, string, unknown, number, string, string | null]>([
  ['more than 20 items', 'POST', 'conversations', { items: twenty }, 400, 'invalid_value', 'items'],
  ['17 labels', 'POST', 'conversations', { metadata: labels(17) }, 400, 'invalid_value', 'metadata'],
  [
    'a label of 65 characters',
    'POST',
    'conversations',
    { metadata: labels(1, 'k'.repeat(64)) },
    400,
    'invalid_value',
    'metadata',
  ],
  [
    'a text of 513',
    'POST',
    'conversations',
    { metadata: labels(1, 'k', 'v'.repeat(513)) },
    400,
    'invalid_value',
    'metadata',
  ],
  ['labels as a list', 'POST', 'conversations', { metadata: ['a'] }, 400, 'invalid_value', 'metadata'],
  ['an unknown parameter', 'POST', 'conversations', { title: 'x' }, 400, 'unknown_parameter', null],
  [
    'an item of a hosted tool',
    'POST',
    'conversations',
    { items: [{ type: 'web_search_call' }] },
    400,
    'residency_tool_refused',
    'items[0].type',
  ],
  [
    'a reference to an item',
    'POST',
    'conversations',
    { items: [{ type: 'item_reference', id: 'x' }] },
    400,
    'residency_store_refused',
    'items[0].type',
  ],
  [
    'a remote image',
    'POST',
    'conversations',
    { items: [{ role: 'user', content: [{ type: 'input_image', image_url: 'https://x.test/a.png' }] }] },
    400,
    'residency_remote_content_refused',
    'items[0].content[0].image_url',
  ],
  [
    'arguments that are no JSON',
    'POST',
    'conversations',
    { items: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: '{' }] },
    400,
    'invalid_value',
    'items[0].arguments',
  ],
  [
    'text that is no UTF-8',
    'POST',
    'conversations',
    new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]),
    400,
    'invalid_json',
    null,
  ],
  ['no JSON', 'POST', 'conversations', new TextEncoder().encode('{'), 400, 'invalid_json', null],
  ['a query that is unknown', 'GET', 'conversations?project=x', undefined, 400, 'unknown_parameter', null],
  ['a limit of 0', 'GET', 'conversations?limit=0', undefined, 400, 'invalid_value', 'limit'],
  ['a limit of 101', 'GET', 'conversations?limit=101', undefined, 400, 'invalid_value', 'limit'],
  ['two limits', 'GET', 'conversations?limit=1&limit=2', undefined, 400, 'unknown_parameter', null],
  ['another order', 'GET', 'conversations?order=up', undefined, 400, 'invalid_value', 'order'],
  [
    'a conversation and a response',
    'POST',
    'responses',
    { model, input: 'x', conversation: 'c', previous_response_id: 'r' },
    400,
    'invalid_value',
    'previous_response_id',
  ],
  [
    'a conversation that is not stored',
    'POST',
    'responses',
    { model, input: 'x', conversation: 'c', store: false },
    400,
    'invalid_value',
    'store',
  ],
  [
    'an answer in the background',
    'POST',
    'responses',
    { model, input: 'x', background: true },
    400,
    'residency_store_refused',
    'background',
  ],
  ['another method', 'PUT', 'conversations', {}, 405, 'method_not_allowed', null],
])('refuses %s', async (_, method, path, body, status, code, param) => {
  const before = await local.rows();
  const answer = await ask(method, path, body);
  expect({ status: answer.status, ...answer.body.error }).toMatchObject({ status, code, param });
  expect(await local.rows()).toEqual(before);
});

test.each<[string, string, string, unknown, string, string | null]>([
  ['no items', 'POST', 'items', { items: [] }, 'invalid_value', 'items'],
  ['items left out', 'POST', 'items', {}, 'missing_required_parameter', 'items'],
  [
    'an include that is refused',
    'GET',
    'items?include[]=file_search_call.results',
    undefined,
    'invalid_value',
    'include',
  ],
  ['labels left out', 'POST', '', { labels: 1 }, 'unknown_parameter', null],
])('%s of a conversation is refused', async (_, method, path, body, code, param) => {
  const { id } = await local.openai().conversations.create();
  const answer = await ask(method, `conversations/${id}${path && `/${path}`}`, body);
  expect({ status: answer.status, ...answer.body.error }).toMatchObject({ status: 400, code, param });
});

test('a wrong method is answered with the permitted ones', async () => {
  expect((await ask('PUT', 'conversations/x')).headers.get('allow')).toBe('GET, HEAD, POST, DELETE');
  expect((await ask('PATCH', 'responses/x')).headers.get('allow')).toBe('GET, HEAD, DELETE');
});

test('a failure of the store is reported without its reason', async () => {
  local.faults.choose(() => 'before');
  const answer = await ask('GET', 'conversations');
  local.faults.none();
  expect(answer.status).toBe(503);
  expect(answer.body.error).toEqual({
    message: 'what is stored can not be reached for now; try again in a few seconds',
    type: 'server_error',
    param: null,
    code: 'content_unavailable',
  });
  expect(answer.headers.get('retry-after')).toBe('5');
});
