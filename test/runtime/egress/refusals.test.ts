import type { EgressRequest } from '@/lib/contract/egress';
import type { TenantKind } from '@/lib/contract/tenant';
import { Fixture } from './support/fixture';
import { arnOf, BODY, CONTENT, invoke, POLICY, requestOf } from './support/invoke';

const fixture = new Fixture();
beforeEach(() => fixture.reset());
afterAll(() => fixture.close());

/** Nothing is contacted for a refused request, not even for its key, and no log or answer repeats it. */
async function refused(event: unknown, arn?: string): Promise<string | undefined> {
  const { prelude, body, error } = await invoke(fixture.egress(), event, arn);
  expect({ prelude, body, error }).toEqual({ prelude: { status: 0, failure: 'refused' }, body: '', error: undefined });
  expect(fixture.contacts()).toEqual([]);
  expect(JSON.stringify(fixture.lines)).not.toContain(CONTENT);
  expect(fixture.lines).toEqual([
    expect.objectContaining({ event: 'egress', status: 0, failure: 'refused', bytes: 0 }),
  ]);
  return fixture.lines[0]?.detail;
}

test.each([
  'arn:aws:lambda:eu-central-1:111122223333:function:egress',
  'arn:aws:lambda:eu-central-1:111122223333:function:egress:$LATEST',
  'arn:aws:lambda:eu-central-1:111122223333:function:egress:7',
  'arn:aws:lambda:eu-central-1:111122223333:function:projects',
  'arn:aws:lambda:eu-central-1:111122223333:function:egress:projects:workspaces',
  'arn:aws:lambda:eu-central-1:111122223333:function:egress:Projects',
  'arn:aws:lambda:eu-central-1:111122223333:layer:egress:projects',
  '',
])("an invocation of '%s' is refused", async (arn) => {
  expect(await refused(requestOf(), arn)).toBe('it was invoked by no alias of a kind of tenant');
});

const FORM = "the event isn't a request of a gateway";
test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', CONTENT],
  ['a list', [requestOf()]],
  ['no fields', {}],
  ['no body', { ...requestOf(), body: undefined }],
  ['a body that is an object', { ...requestOf(), body: BODY }],
  ['a further field', { ...requestOf(), url: 'https://example.com/' }],
  ['another path', requestOf(BODY, { path: '/responses' as EgressRequest['path'] })],
  ['a path that leads up', requestOf(BODY, { path: '/../files' as EgressRequest['path'] })],
  ['a path with a query', requestOf(BODY, { path: '/chat/completions?x=1' as EgressRequest['path'] })],
  ['another kind', requestOf(BODY, { kind: 'image' as EgressRequest['kind'] })],
  ['a name of an object', { ...requestOf(), provider: { name: 'openai' } }],
])('an event that is or has %s is refused', async (_, event) => {
  expect(await refused(event)).toBe(FORM);
});

test('a path of another kind of model is refused', async () => {
  expect(await refused(requestOf(BODY, { path: '/embeddings' }))).toMatch(/path isn't that of the kind/);
});

test('a body of 6 MB is refused', async () => {
  const body = { ...BODY, messages: [{ role: 'user', content: 'x'.repeat(6 * 2 ** 20) }] };
  expect(await refused(requestOf(body))).toBe('its body is too large');
});

test.each<[string, Partial<EgressRequest>, TenantKind?]>([
  ['a provider that the policy lacks', { provider: 'mistral' }],
  ['a name in another case', { provider: 'OpenAI' }],
  ['a name of an object', { provider: '__proto__' }],
  ['a host', { provider: 'eu.api.openai.com' }],
  ['a model that the policy lacks', { model: 'gpt-6' }],
  ["another provider's model", { model: 'gpt-oss-120b' }],
  ['a model of another kind', { kind: 'embedding', path: '/embeddings' }],
  ['a model that projects may not use', { model: 'gpt-5.4-stored' }],
  ['a provider that projects may not use', { provider: 'azure-eu', model: 'gpt-5-4-eu' }],
])('%s is refused', async (_, over) => {
  const model = over.model ?? BODY.model;
  await refused(requestOf({ ...BODY, model }, over));
});

test.each([
  ['no JSON', '{'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['another model', JSON.stringify({ ...BODY, model: 'gpt-6' })],
  ['no model', JSON.stringify({ messages: BODY.messages })],
  ['a model twice, of which the last counts', '{"model":"gpt-5.4","messages":[],"model":"gpt-6"}'],
])('a body that is or names %s is refused', async (_, body) => {
  await refused(requestOf(body));
});

const withPart = (part: object) => [{ role: 'user', content: [part] }];

const STATEFUL = {
  store: true,
  background: true,
  previous_response_id: 'resp_1',
  conversation: 'conv_1',
  metadata: {},
};
test.each([
  ...Object.entries(STATEFUL),
  ['service_tier', 'flex'],
  ['web_search_options', {}],
  ['prediction', {}],
  ['user', 'ada'],
  ['__proto__x', 1],
  ['tools', [{ type: 'web_search' }]],
  [
    'tools',
    [
      { type: 'function', function: { name: 'f' } },
      { type: 'mcp', server_url: 'https://example.com' },
    ],
  ],
  ['tools', { type: 'web_search' }],
  ['messages', [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://example.com/a.png' } }] }]],
  ['messages', [{ role: 'user', content: [{ type: 'file', file: { file_id: 'file-1' } }] }]],
  ['messages', [{ role: 'user', content: [{ type: 'file', file: { file_data: 'data:,', file_id: 'file-1' } }] }]],
  ['messages', [{ role: 'user', content: [{ type: 'input_audio', input_audio: {} }] }]],
  ['messages', 'https://example.com'],
  // A name of something that the provider stores or fetches, next to what the message holds.
  ['messages', [{ role: 'assistant', content: 'a', audio: { id: 'audio_1' } }]],
  ['messages', [{ role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } }]],
  ['messages', [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'mcp', function: {} }] }]],
  ['messages', [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: {}, server_url: 'x' }] }]],
  ['messages', withPart({ type: 'text', text: 'a', document_url: 'https://example.com/a.pdf' })],
  ['messages', withPart({ type: 'text' })],
  ['messages', withPart({ type: 'image_url', image_url: { url: 'data:,', file_id: 'file-1' } })],
  ['messages', withPart({ type: 'image_url', image_url: { url: 'data:,' }, file_id: 'file-1' })],
  ['messages', withPart({ type: 'file', file: { file_data: 'data:,', file_url: 'https://example.com/a.pdf' } })],
  ['messages', withPart({ type: 'file', file: { file_data: 'data:,' }, file_url: 'https://example.com/a.pdf' })],
  ['messages', withPart({ type: 'document_url', document_url: 'data:,' })],
  ['tools', [{ type: 'function', function: { name: 'f' }, server_url: 'https://example.com' }]],
  ['tool_choice', { type: 'file_search' }],
  ['tool_choice', { type: 'function', function: { name: 'f' }, file_search: {} }],
  ['tool_choice', ['auto']],
  ['tool_choice', 'file_search'],
])("a body whose '%s' is %j is refused", async (name, value) => {
  await refused(requestOf({ ...BODY, [name]: value }));
});

test('a body with all that gateways write is not refused', async () => {
  const messages = [
    { role: 'system', content: 'a' },
    ...withPart({ type: 'text', text: 'a' }),
    ...withPart({ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }),
    ...withPart({ type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } }),
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'c', content: 'a' },
  ];
  const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }];
  for (const tool_choice of [undefined, 'auto', 'required', { type: 'function', function: { name: 'f' } }]) {
    const { prelude } = await invoke(fixture.egress(), requestOf({ ...BODY, messages, tools, tool_choice }));
    expect(prelude.status).toBe(200);
  }
});

test.each([undefined, null, 0, 'false'])(
  "a chat of a project whose 'store' is %j is refused, because OpenAI would store it",
  async (store) => {
    expect(await refused(requestOf({ ...BODY, store }))).toMatch(/lets the provider store the answer/);
  },
);

test.each([undefined, null, '24h', 'in-memory'])(
  "a chat of a project whose 'prompt_cache_retention' is %j is refused, because OpenAI would cache it for a day",
  async (prompt_cache_retention) => {
    expect(await refused(requestOf({ ...BODY, prompt_cache_retention }))).toMatch(/cache the prompt elsewhere/);
  },
);

test('embeddings have no such field', async () => {
  const model = 'text-embedding-3-small';
  const event = requestOf({ model, input: ['a'] }, { model, kind: 'embedding', path: '/embeddings' });
  expect((await invoke(fixture.egress(), event)).prelude.status).toBe(200);
});

test('a workspace, whose content may be stored, is not refused for it', async () => {
  const body = { ...BODY, model: 'gpt-5.4-stored', store: true, prompt_cache_retention: undefined };
  const event = requestOf(body, { model: 'gpt-5.4-stored' });
  const { prelude } = await invoke(fixture.egress(), event, arnOf('workspace'));
  expect(prelude.status).toBe(200);
});

test.each<[string, object, RegExp]>([
  ['no terms are accepted', { accepted: undefined }, /wider than the EU/],
  ['nothing promises zero retention', { zeroRetention: undefined }, /retain/],
])('a policy is decided on again: %s', async (_, change, detail) => {
  const policy = { ...POLICY, providers: POLICY.providers.map((one) => ({ ...one, ...change })) };
  const { prelude } = await invoke(fixture.egress({}, policy), requestOf());
  expect(prelude).toEqual({ status: 0, failure: 'refused' });
  expect(fixture.contacts()).toEqual([]);
  expect(fixture.lines[0]?.detail).toMatch(detail);
});

test('companies under other law are refused where only those of the EU may be called', async () => {
  const egress = fixture.egress({}, { ...POLICY, euOwnedOnly: true });
  expect((await invoke(egress, requestOf())).prelude.failure).toBe('refused');
  expect(fixture.contacts()).toEqual([]);
  const { model } = { model: 'gpt-oss-120b' };
  const event = requestOf({ ...BODY, model }, { provider: 'scaleway', model });
  expect((await invoke(egress, event, arnOf('workspace'))).prelude.status).toBe(200);
});
