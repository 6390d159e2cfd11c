import type { GatewayPolicy } from '@/lib/contract/policies/gateway-policy';
import { errorOf, gatewayFor, NO_BEDROCK, post } from '../support/gateway';
import { PROJECT, WORKSPACE } from '../support/policies';
import { ScriptedBedrock } from '../support/scripted-bedrock';

const bedrock = new ScriptedBedrock();
beforeAll(() => bedrock.start());
afterAll(() => bedrock.stop());

const TITAN = 'amazon.titan-embed-text-v2:0';
const TITAN_1 = 'amazon.titan-embed-text-v1';
const COHERE_3 = 'cohere.embed-multilingual-v3';
const COHERE_4 = 'eu.cohere.embed-v4:0';
const embedding = (...ids: string[]): GatewayPolicy => ({
  ...WORKSPACE,
  models: [
    { id: 'embed', destinations: ids.map((id) => ({ region: 'eu-central-1', id })) },
    ...PROJECT.models.slice(0, 1),
  ],
});
const ask = (policy: GatewayPolicy, over: Record<string, unknown> = {}) => {
  const fixture = gatewayFor(policy, bedrock.client());
  const response = fixture.gateway.fetch(post('embeddings', { model: 'embed', input: 'one', ...over }));
  return { ...fixture, response };
};
// biome-ignore lint/suspicious/noExplicitAny: tests read whatever was answered
const answersOf = async (response: Response | Promise<Response>): Promise<any> => (await response).json();

/** Each text's vector is its length, so that a mixed-up order shows. */
const titan = ({ body }: { body: { inputText: string } }) => ({
  json: { embedding: [body.inputText.length, 0.5], inputTextTokenCount: body.inputText.length },
});
const cohere = ({ body }: { body: { texts: string[]; embedding_types?: string[] } }) => {
  const vectors = body.texts.map((text) => [text.length, 0.5]);
  return {
    json: { embeddings: body.embedding_types ? { float: vectors } : vectors },
    headers: { 'x-amzn-bedrock-input-token-count': `${body.texts.length * 2}` },
  };
};

test('embeds one text with Titan', async () => {
  bedrock.replies(titan);
  const { response, records } = ask(embedding(TITAN));
  expect(await answersOf(response)).toEqual({
    object: 'list',
    data: [{ object: 'embedding', index: 0, embedding: [3, 0.5] }],
    model: 'embed',
    usage: { prompt_tokens: 3, total_tokens: 3 },
  });
  expect((await response).headers.get('x-residency-destination')).toBe(TITAN);
  expect(bedrock.calls).toEqual([{ operation: 'invoke', model: TITAN, body: { inputText: 'one', normalize: true } }]);
  expect(records).toMatchObject([{ outcome: 'answered', tokens: { prompt: 3, completion: 0 } }]);
});

test.each([-1, 1.5, 2 ** 60])('%d tokens, which a text can’t have, are replaced by an estimate', async (tokens) => {
  bedrock.replies(() => ({ json: { embedding: [1], inputTextTokenCount: tokens } }));
  const { response, records } = ask(embedding(TITAN));
  expect((await answersOf(response)).usage).toEqual({ prompt_tokens: 1, total_tokens: 1 });
  expect(records).toMatchObject([{ tokens: { prompt: 1, completion: 0, cached: 0, estimated: true } }]);
});

test('preserves the order of a list, in whatever order the answers arrive', async () => {
  bedrock.replies(titan);
  const texts = Array.from({ length: 30 }, (_, index) => 'x'.repeat(index + 1));
  const { data, usage } = await answersOf(ask(embedding(TITAN), { input: texts }).response);
  expect(data.map((item: { embedding: number[] }) => item.embedding[0])).toEqual(texts.map(({ length }) => length));
  expect(data.map((item: { index: number }) => item.index)).toEqual(texts.map((_, index) => index));
  expect(usage.total_tokens).toBe((30 * 31) / 2);
});

test.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
  ['Titan v2', TITAN, { dimensions: 256 }, { inputText: 'one', dimensions: 256, normalize: true }],
  ['Titan v1', TITAN_1, {}, { inputText: 'one' }],
  [
    'Cohere v3 for a query',
    COHERE_3,
    { input_type: 'query' },
    { texts: ['one'], input_type: 'search_query', truncate: 'NONE' },
  ],
  [
    'Cohere v3 for a document',
    COHERE_3,
    { input_type: 'document' },
    { texts: ['one'], input_type: 'search_document', truncate: 'NONE' },
  ],
  [
    'Cohere v4 for a query',
    COHERE_4,
    { input_type: 'query' },
    { texts: ['one'], input_type: 'search_query', truncate: 'NONE', embedding_types: ['float'] },
  ],
  ['Cohere v3', COHERE_3, {}, { texts: ['one'], input_type: 'search_document', truncate: 'NONE' }],
  [
    'Cohere v4, through its profile',
    COHERE_4,
    { dimensions: 512 },
    {
      texts: ['one'],
      input_type: 'search_document',
      truncate: 'NONE',
      embedding_types: ['float'],
      output_dimension: 512,
    },
  ],
])('asks %s in its own form', async (_, id, over, body) => {
  bedrock.replies((call) => (id.includes('titan') ? titan(call) : cohere(call)));
  const answer = await answersOf(ask(embedding(id), over).response);
  expect(bedrock.calls).toEqual([{ operation: 'invoke', model: id, body }]);
  expect(answer.data[0].embedding).toEqual([3, 0.5]);
  expect(answer.usage.prompt_tokens).toBe(id.includes('titan') ? 3 : 2);
});

test('asks Cohere for 96 texts at a time', async () => {
  bedrock.replies(cohere);
  const { data } = await answersOf(ask(embedding(COHERE_3), { input: Array(200).fill('one') }).response);
  expect(bedrock.calls.map(({ body }) => body.texts.length).sort()).toEqual([8, 96, 96]);
  expect(data).toHaveLength(200);
});

test('gives base64 as little-endian 32-bit floats', async () => {
  bedrock.replies(titan);
  const { data } = await answersOf(ask(embedding(TITAN), { encoding_format: 'base64' }).response);
  const bytes = Buffer.from(data[0].embedding, 'base64');
  expect([bytes.readFloatLE(0), bytes.readFloatLE(4)]).toEqual([3, 0.5]);
  expect(bytes).toHaveLength(8);
});

test('never answers with vectors of another model', async () => {
  bedrock.replies(() => ({ status: 429, error: 'ThrottlingException' }));
  const { response, operations } = ask(embedding(TITAN, COHERE_3));
  expect((await response).status).toBe(429);
  expect(new Set(bedrock.calls.map(({ model }) => model))).toEqual(new Set([TITAN]));
  expect(operations[0]?.attemptsFailed).toBe(3);
});

test.each<[string, string, string | null]>([
  ['Cohere distinguishes queries', COHERE_3, null],
  ['Titan does not, and the answer says so', TITAN, 'input_type'],
])('%s', async (_, id, ignored) => {
  bedrock.replies((call) => (id === TITAN ? titan(call) : cohere(call)));
  const response = await ask(embedding(id), { input_type: 'query' }).response;
  expect([response.status, response.headers.get('x-residency-ignored')]).toEqual([200, ignored]);
});

test.each<[string, number, string]>([
  ['throttled', 429, 'ThrottlingException'],
  ['refused because of a quota', 400, 'ServiceQuotaExceededException'],
])('sends only the text again that was %s', async (_, status, error) => {
  let failures = 0;
  bedrock.replies((call) =>
    call.body.inputText === 'x'.repeat(51) && ++failures === 1 ? { status, error } : titan(call),
  );
  const texts = Array.from({ length: 100 }, (_text, index) => 'x'.repeat(index + 1));
  const { data, usage } = await answersOf(ask(embedding(TITAN), { input: texts }).response);
  expect(bedrock.calls).toHaveLength(101);
  expect(data.map((item: { embedding: number[] }) => item.embedding[0])).toEqual(texts.map(({ length }) => length));
  expect(usage.total_tokens).toBe((100 * 101) / 2);
});

test('the next Region embeds only what the first did not', async () => {
  const regions = ['eu-central-1', 'eu-west-1'].map((region) => ({ region, id: TITAN }));
  const policy = { ...embedding(TITAN), models: [{ id: 'embed', destinations: regions }] };
  let failures = 0;
  bedrock.replies((call) =>
    call.body.inputText === 'xx' && ++failures === 1
      ? { status: 503, error: 'ServiceUnavailableException' }
      : titan(call),
  );
  const { response, operations } = ask(policy, { input: ['x', 'xx', 'xxx'] });
  expect((await response).headers.get('x-residency-region')).toBe('eu-west-1');
  expect(bedrock.calls).toHaveLength(4);
  expect(operations[0]?.attemptsFailed).toBe(1);
});

test('starts no further call after a failure', async () => {
  bedrock.replies((call) =>
    call.body.inputText === 'bad' ? { status: 400, error: 'ValidationException' } : titan(call),
  );
  const input = ['bad', ...Array(500).fill('one')];
  expect((await ask(embedding(TITAN), { input }).response).status).toBe(400);
  // Any further call would run in the meantime.
  await ask(embedding(TITAN), { input: Array(200).fill('later') }).response;
  expect(bedrock.calls.filter(({ body }) => body.inputText === 'one').length).toBeLessThan(100);
});

test.each<[string, object]>([
  ['of another form', { json: { vectors: [] } }],
  ['with a vector too few', { json: { embeddings: [] } }],
])('takes no answer %s', async (_, reply) => {
  bedrock.replies(() => reply as never);
  expect((await ask(embedding(COHERE_3)).response).status).toBe(502);
});

test.each<[string, GatewayPolicy, Record<string, unknown>, string, string, string]>([
  ['tokens', embedding(TITAN), { input: [1, 2] }, 'input', 'unsupported_value', 'is meaningless to this one'],
  [
    'lists of tokens',
    embedding(TITAN),
    { input: [[1], [2]] },
    'input',
    'unsupported_value',
    "in LangChain, set 'check_embedding_ctx_length=False'",
  ],
  [
    'an unknown type of input',
    embedding(TITAN),
    { input_type: 'title' },
    'input_type',
    'invalid_value',
    '"query" or "document"',
  ],
  ['no text', embedding(TITAN), { input: '' }, 'input', 'invalid_value', ''],
  ['an empty list', embedding(TITAN), { input: [] }, 'input', 'invalid_value', ''],
  ['too long a list', embedding(TITAN), { input: Array(2049).fill('x') }, 'input', 'invalid_value', ''],
  ['nothing', embedding(TITAN), { input: undefined }, 'input', 'missing_required_parameter', ''],
  [
    'another encoding',
    embedding(TITAN),
    { encoding_format: 'hex' },
    'encoding_format',
    'invalid_value',
    '"float" or "base64"',
  ],
  ['another size', embedding(TITAN), { dimensions: 300 }, 'dimensions', 'unsupported_value', '256 or 512 or 1024'],
  [
    'a size where there is one only',
    {
      ...embedding(COHERE_3),
      models: [
        ...embedding(COHERE_3).models,
        { id: 'other', destinations: embedding(TITAN).models[0]?.destinations ?? [] },
      ],
    },
    { dimensions: 256 },
    'dimensions',
    'unsupported_parameter',
    "or use 'other'",
  ],
  [
    'a model of chats',
    embedding(TITAN),
    { model: 'assistant' },
    'model',
    'model_not_supported',
    "the model doesn't embed text; inside the EU, these are: 'embed'",
  ],
  [
    'a model of images',
    embedding('amazon.titan-embed-image-v1'),
    {},
    'model',
    'model_not_supported',
    'this deployment has no suitable model',
  ],
])('refuses %s', async (_, policy, over, param, code, message) => {
  const { gateway } = gatewayFor(policy, NO_BEDROCK);
  const error = await errorOf(await gateway.fetch(post('embeddings', { model: 'embed', input: 'one', ...over })));
  expect(error).toMatchObject({ status: 400, param, code, message: expect.stringContaining(message) });
});
