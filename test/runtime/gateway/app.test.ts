import { TrieRouter } from 'hono/router/trie-router';
import { MAX_BODY_BYTES } from '@/lib/runtime/http/read-body';
import { chat, errorOf, gatewayFor, HELLO, NO_BEDROCK } from './support/gateway';
import { PROJECT, WORKSPACE } from './support/policies';

const { gateway, records, operations } = gatewayFor(PROJECT, NO_BEDROCK);
const at = (path: string, init?: RequestInit) => new Request(`https://gateway.test${path}`, init);
const plain = { 'content-type': 'text/plain' };
const big = JSON.stringify({ ...HELLO, user: 'x'.repeat(MAX_BODY_BYTES) });
const deep = `{"tools":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
const many = (value: string, count: number) => `[${`${value},`.repeat(count - 1)}${value}]`;
const asked = (path: string, body: string) =>
  at(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
const wrong = (value: string, count: number) => `{"model":"assistant","messages":${many(value, count)}}`;
const wrongInput = (value: string, count: number) => `{"model":"assistant","input":${many(value, count)}}`;
const chunked = () =>
  new Request('https://gateway.test/v1/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Blob([big]).stream(),
    duplex: 'half',
  } as RequestInit);

test.each<[string, () => Request, number, string, string | null]>([
  ['an unknown path', () => at('/v1/files'), 404, 'unknown_url', null],
  ["OpenAI's other endpoints", () => at('/v1/audio/speech', { method: 'POST' }), 404, 'unknown_url', null],
  ['a stored response', () => at('/v1/responses/resp_1'), 404, 'response_not_found', 'id'],
  [
    'a stored response to delete',
    () => at('/v1/responses/resp_1', { method: 'DELETE' }),
    404,
    'response_not_found',
    'id',
  ],
  ['what belongs to a stored response', () => at('/v1/responses/resp_1/input_items'), 404, 'unknown_url', null],
  ["OpenAI's compaction", () => asked('/v1/responses/compact', '{}'), 404, 'unknown_url', null],
  ['a wrong method of a response', () => asked('/v1/responses/resp_1', '{}'), 405, 'method_not_allowed', null],
  ['a wrong method of responses', () => at('/v1/responses'), 405, 'method_not_allowed', null],
  ['a wrong method of embeddings', () => at('/v1/embeddings'), 405, 'method_not_allowed', null],
  ['a path below a known one', () => at('/v1/chat/completions/abc'), 404, 'unknown_url', null],
  ['a wrong method of chats', () => at('/v1/chat/completions'), 405, 'method_not_allowed', null],
  ['a wrong method of models', () => at('/v1/models', { method: 'DELETE' }), 405, 'method_not_allowed', null],
  [
    'a wrong method of a model',
    () => at('/v1/models/assistant', { method: 'DELETE' }),
    405,
    'method_not_allowed',
    null,
  ],
  ['another content type', () => chat(HELLO, plain), 415, 'unsupported_media_type', null],
  [
    'another charset',
    () => chat(HELLO, { 'content-type': 'application/json; charset=latin1' }),
    415,
    'unsupported_media_type',
    null,
  ],
  [
    'a body that is not JSON, in UTF-8 by its other name',
    () => chat('{', { 'content-type': 'application/json; charset=utf8' }),
    400,
    'invalid_json',
    null,
  ],
  [
    'a compressed body',
    () => chat('\u001f\u008b', { 'content-encoding': 'gzip' }),
    415,
    'unsupported_media_type',
    null,
  ],
  [
    'a body that is not JSON, and not compressed',
    () => chat('{', { 'content-encoding': 'identity' }),
    400,
    'invalid_json',
    null,
  ],
  ['a path that ends with a slash', () => at('/v1/chat/completions/'), 405, 'method_not_allowed', null],
  ['a body that is not JSON', () => chat('{'), 400, 'invalid_json', null],
  ['a body that is a list', () => chat('[]'), 400, 'invalid_json', null],
  ['no body', () => chat(''), 400, 'invalid_json', null],
  ['a body nested without end', () => chat(deep), 400, 'invalid_json', null],
  ['more messages than fit', () => chat(wrong('0', 2_200_000)), 400, 'invalid_json', null],
  ['more items than fit', () => asked('/v1/responses', wrongInput('{}', 1_450_000)), 400, 'invalid_json', null],
  ['as many wrong messages as fit', () => chat(wrong('0', 49_998)), 400, 'invalid_value', 'messages[0]'],
  [
    'as many wrong items as fit',
    () => asked('/v1/responses', wrongInput('{}', 49_998)),
    400,
    'invalid_value',
    'input[0].type',
  ],
  [
    'as many wrong texts as fit',
    () => asked('/v1/embeddings', wrongInput('0', 49_998)),
    400,
    'unsupported_value',
    'input',
  ],
  ['too large a body', () => chat(big), 413, 'request_too_large', null],
  ['too large a body that says nothing of its length', chunked, 413, 'request_too_large', null],
  ['storing', () => chat({ ...HELLO, store: true }), 400, 'residency_store_refused', 'store'],
  ['an unknown model', () => chat({ ...HELLO, model: 'gpt-4o' }), 404, 'model_not_found', 'model'],
  [
    'a global profile',
    () => chat({ ...HELLO, model: 'global.anthropic.claude-sonnet-4-6' }),
    403,
    'residency_model_refused',
    'model',
  ],
  ['a model of embeddings', () => chat({ ...HELLO, model: 'embed' }), 400, 'model_not_supported', 'model'],
  ['the entry of an unknown model', () => at('/v1/models/gpt-4o'), 404, 'model_not_found', 'model'],
])('answers %s in the form of OpenAI, without calling Bedrock', async (_, request, status, code, param) => {
  const response = await gateway.fetch(request());
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/json',
    'x-residency-boundary': 'eu',
    'x-residency-retention': 'not-stored',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(await errorOf(response)).toEqual({
    status,
    code,
    param,
    type: 'invalid_request_error',
    message: expect.any(String),
  });
  expect(records.at(-1)).toMatchObject({ tenant: 'helpdesk-bot', outcome: 'refused' });
  expect(operations.at(-1)).toMatchObject({ status, refusals: 1, failures: 0 });
});

test.each([
  ['/v1/chat/completions', 'POST'],
  ['/v1/responses', 'POST'],
  ['/v1/responses/resp_1', 'GET, HEAD, DELETE'],
  ['/v1/embeddings', 'POST'],
  ['/v1/models', 'GET, HEAD'],
])('says which method %s takes', async (path, allow) => {
  expect((await gateway.fetch(at(path, { method: 'PUT' }))).headers.get('allow')).toBe(allow);
});

test('takes a content type in any case, with the charset', async () => {
  const response = await gateway.fetch(
    chat({ ...HELLO, n: 2 }, { 'content-type': 'Application/JSON; charset="UTF-8"' }),
  );
  expect(await errorOf(response)).toMatchObject({ param: 'n' });
});

test('lists models by the names that clients send', async () => {
  const models = ['assistant', 'embed'].map((id) => expect.objectContaining({ id, object: 'model' }));
  expect(await (await gateway.fetch(at('/v1/models'))).json()).toEqual({ object: 'list', data: models });
  const entry = { id: 'assistant', object: 'model', created: 0, owned_by: 'anthropic' };
  expect(await (await gateway.fetch(at('/v1/models/assistant'))).json()).toEqual(entry);
});

test('says that a workspace may store', async () => {
  const response = await gatewayFor(WORKSPACE, NO_BEDROCK).gateway.fetch(at('/v1/models'));
  expect(response.headers.get('x-residency-retention')).toBe('may-be-stored-inside');
});

test('hides an internal error, and logs its place', async () => {
  const broken = { converse: () => Promise.resolve(Object.defineProperty({}, 'output', { get: fail })) };
  const fixture = gatewayFor(PROJECT, broken as never);
  const error = await errorOf(await fixture.gateway.fetch(chat(HELLO)));
  expect(error).toMatchObject({ status: 500, type: 'server_error', code: 'internal_error' });
  expect(fixture.records[0]).toMatchObject({ outcome: 'failed', reason: 'internal_error' });
  expect(fixture.operations[0]).toMatchObject({
    fault: { type: 'RangeError', at: expect.stringMatching(/^app\.test\.ts:\d+:\d+$/) },
  });
  expect(JSON.stringify([error, fixture.records, fixture.operations])).not.toContain('CANARY');
});

function fail(): never {
  throw new RangeError('CANARY\n    at CANARY.ts:1:1');
}

test('a path may end with a slash', async () => {
  const [one, other] = await Promise.all(['/v1/models', '/v1/models/'].map((path) => gateway.fetch(at(path))));
  expect(one?.status).toBe(200);
  expect(await other?.json()).toEqual(await one?.json());
});

test('no route makes the router search its tree for each request', async () => {
  const search = jest.spyOn(TrieRouter.prototype, 'match');
  await gatewayFor(PROJECT, NO_BEDROCK).gateway.fetch(at('/v1/models'));
  expect(search).not.toHaveBeenCalled();
  search.mockRestore();
});
