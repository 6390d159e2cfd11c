import { ServedWorkspaces } from './support/served-workspaces';

jest.setTimeout(300_000);

const served = new ServedWorkspaces();
beforeAll(() => served.start());
afterAll(() => served.end());

const model = 'assistant';
const tool = {
  name: 'find',
  description: 'finds',
  input_schema: { type: 'object', properties: { at: { type: 'string' } } },
};
const schema = {
  type: 'object',
  properties: { at: { type: 'string' } },
  required: ['at'],
  additionalProperties: false,
};
const functionTool = {
  type: 'function',
  function: { name: 'find', description: 'finds', parameters: schema, strict: true },
};
const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'auto' } };
const user = 'member';
const NO_ID = '0'.repeat(44);

/** A body with nearly every parameter for each path that reads one. */
const BODIES: readonly (readonly [role: 'member' | 'admin', path: string, body: object])[] = [
  [
    'member',
    '/v1/chat/completions',
    {
      model,
      messages: [
        { role: 'system', content: 'be brief', name: 'a' },
        { role: 'user', content: [{ type: 'text', text: 'hi' }, image] },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'find', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'found' },
      ],
      tools: [functionTool],
      tool_choice: { type: 'function', function: { name: 'find' } },
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } },
      metadata: { label: 'value' },
      stop: ['end'],
      temperature: 1,
      max_completion_tokens: 5,
      stream: false,
      reasoning_effort: 'low',
      service_tier: 'auto',
      user: 'me',
    },
  ],
  [
    'member',
    '/v1/responses',
    {
      model,
      input: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
        { type: 'function_call', call_id: 'call_1', name: 'find', arguments: '{}' },
        { type: 'function_call_output', call_id: 'call_1', output: 'found' },
        { type: 'item_reference', id: 'msg_1' },
      ],
      instructions: 'be brief',
      prompt: { id: `prompt_${NO_ID}`, version: '1', variables: { name: 'value' } },
      previous_response_id: 'resp_1',
      tools: [{ type: 'function', name: 'find', description: 'finds', parameters: schema, strict: true }],
      tool_choice: { type: 'function', name: 'find' },
      text: { format: { type: 'json_schema', name: 'answer', schema, strict: true }, verbosity: 'low' },
      reasoning: { effort: 'low', summary: 'auto' },
      metadata: { label: 'value' },
      include: ['reasoning.encrypted_content'],
      truncation: 'disabled',
      store: true,
    },
  ],
  [
    'member',
    '/v1/messages',
    {
      model,
      max_tokens: 9,
      system: [{ type: 'text', text: 'be brief', cache_control: { type: 'ephemeral' } }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'hi' }] },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'call_1', name: 'find', input: { at: 'home' } }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'found' }] },
      ],
      tools: [tool],
      tool_choice: { type: 'tool', name: 'find' },
      metadata: { user_id: 'me' },
      stop_sequences: ['end'],
      thinking: { type: 'disabled' },
    },
  ],
  ['member', '/v1/messages/count_tokens', { model, messages: [{ role: 'user', content: 'hi' }], tools: [tool] }],
  ['member', '/v1/embeddings', { model, input: ['hi'], dimensions: 5, encoding_format: 'float', user: 'me' }],
  ['member', '/v1/conversations', { metadata: { label: 'value' }, items: [{ role: 'user', content: 'hi' }] }],
  ['member', `/v1/conversations/conv_${NO_ID}`, { metadata: { label: 'value' } }],
  ['member', `/v1/conversations/conv_${NO_ID}/items`, { items: [{ role: 'user', content: 'hi' }] }],
  ['member', '/v1/uploads', { bytes: 8, filename: 'a.txt', mime_type: 'text/plain', purpose: 'user_data' }],
  ['member', `/v1/uploads/upload_${NO_ID}/complete`, { part_ids: ['part_1'], md5: 'd41d8cd98f00b204e9800998ecf8427e' }],
  ['member', '/v1/prompts', { instructions: 'Say {{word}}', model, files: ['file_1'], name: 'mine' }],
  ['member', `/v1/prompts/prompt_${NO_ID}/versions`, { instructions: 'Say {{word}}', model, files: [] }],
  ['admin', '/admin/v1/rights/exports', { user, recipient: 'otherMember', reason: 'case' }],
  ['admin', '/admin/v1/rights/holds', { user, conversation: `conv_${NO_ID}`, reason: 'case' }],
  ['admin', '/admin/v1/rights/readmissions', { user }],
  ['admin', '/admin/v1/rights/erasures', { user: 'nothing' }],
  ['admin', '/admin/v1/rights/closures', { workspace: 'nothing', days: 7 }],
  ['admin', '/admin/v1/members', { name: 'eve', roles: ['member'] }],
  ['admin', '/admin/v1/members/nothing/roles', { roles: ['member'] }],
];

/** Words that a client may send: one in the form of a parameter, one in capitals, and one that isn't plain. */
const CANARIES = ['canaryword', 'CANARYWORD', "canary'word\n::set-output x::{{canaryword}}"];

/** Every body in which one value, one name or one more field is the canary. */
function* mutated(value: unknown, canary: string): Generator<unknown> {
  yield canary;
  yield { [canary]: canary };
  yield [canary];
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) for (const one of mutated(item, canary)) yield value.with(at, one);
    yield [...value, canary];
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, [canary]: 1 };
    for (const [name, inner] of Object.entries(value)) {
      for (const one of mutated(inner, canary)) yield { ...value, [name]: one };
      const { [name]: moved, ...others } = value as Record<string, unknown>;
      yield { ...others, [canary]: moved };
    }
  }
}

async function refusal(role: 'member' | 'admin' | 'auditor', method: string, path: string, init: RequestInit = {}) {
  const { url, tokens } = served.of('sciences');
  const headers = { authorization: `Bearer ${tokens[role]}`, 'content-type': 'application/json', ...init.headers };
  const response = await fetch(`${url.replace(/\/v1$/, '')}${path}`, { ...init, method, headers });
  const text = await response.text();
  return { status: response.status, text: response.ok ? '' : text };
}

const repeats = (text: string) => /canary.?word/i.test(text);

test.each(BODIES)('as %s: no refusal of POST %s repeats a word of its body', async (role, path, body) => {
  const found = new Set<string>();
  let refused = 0;
  for (const canary of CANARIES) {
    for (const one of mutated(body, canary)) {
      const { status, text } = await refusal(role, 'POST', path, { body: JSON.stringify(one) });
      if (status >= 400) refused++;
      if (repeats(text)) found.add(text);
      expect(status).toBeLessThan(500);
    }
  }
  expect([...found]).toEqual([]);
  expect(refused).toBeGreaterThan(10);
});

const PATHS = [
  ['member', 'GET', '/v1/models/:'],
  ['member', 'GET', '/v1/conversations'],
  ['member', 'GET', '/v1/conversations/:'],
  ['member', 'DELETE', '/v1/conversations/:'],
  ['member', 'GET', '/v1/conversations/:/items'],
  ['member', 'GET', '/v1/conversations/:/items/:'],
  ['member', 'DELETE', '/v1/conversations/:/items/:'],
  ['member', 'GET', '/v1/responses/:'],
  ['member', 'GET', '/v1/responses/:/input_items'],
  ['member', 'DELETE', '/v1/responses/:'],
  ['member', 'GET', '/v1/files'],
  ['member', 'GET', '/v1/files/:'],
  ['member', 'GET', '/v1/files/:/content'],
  ['member', 'DELETE', '/v1/files/:'],
  ['member', 'GET', '/v1/prompts'],
  ['member', 'GET', '/v1/prompts/:'],
  ['member', 'DELETE', '/v1/prompts/:'],
  ['member', 'GET', '/v1/prompts/:/versions'],
  ['member', 'POST', '/v1/uploads/:/cancel'],
  ['member', 'GET', '/v1/exports'],
  ['member', 'GET', '/v1/exports/:'],
  ['member', 'PATCH', '/v1/:'],
  ['admin', 'POST', '/admin/v1/rights/exports/:/release'],
  ['admin', 'DELETE', '/admin/v1/rights/closures/:'],
  ['admin', 'DELETE', '/admin/v1/rights/holds/:'],
  ['admin', 'GET', '/admin/v1/rights/jobs/:'],
  ['admin', 'GET', '/admin/v1/rights/:'],
  ['admin', 'GET', '/admin/v1/members'],
  ['admin', 'GET', '/admin/v1/members/:'],
  ['admin', 'DELETE', '/admin/v1/members/:'],
  ['admin', 'POST', '/admin/v1/members/:/disable'],
  ['auditor', 'GET', '/admin/v1/records'],
  ['auditor', 'GET', '/admin/v1/records/usage'],
  ['admin', 'GET', '/:'],
] as const;

test.each(PATHS)(
  'as %s: no refusal of %s %s repeats a word of its path, query or headers',
  async (role, method, path) => {
    const found = new Set<string>();
    for (const canary of CANARIES) {
      const word = encodeURIComponent(canary);
      const to = path.replaceAll(':', word);
      const queries = [
        '',
        `${word}=1`,
        ...['after', 'limit', 'order', 'include', 'purpose', 'of', 'member', 'since'].map((name) => `${name}=${word}`),
      ];
      for (const query of queries) found.add((await refusal(role, method, `${to}?${query}`)).text);
      const plain = canary.replace(/[^a-z]/gi, '');
      for (const header of ['content-type', 'accept', 'x-api-key', 'content-encoding', plain]) {
        found.add((await refusal(role, method, to, { headers: { [header]: plain } })).text);
      }
      found.add((await refusal(role, method, to, { headers: { authorization: `Bearer ${plain}` } })).text);
    }
    expect([...found].filter(repeats)).toEqual([]);
  },
);

test.each(['/v1/files', `/v1/uploads/upload_${NO_ID}/parts`])(
  'no refusal of the form of POST %s repeats a word of it',
  async (path) => {
    const found = new Set<string>();
    for (const canary of CANARIES) {
      for (const field of ['file', 'data', canary]) {
        for (const value of [canary, new File([canary], canary, { type: 'canary/word' })]) {
          for (const purpose of [canary, 'user_data']) {
            const body = new FormData();
            body.set('purpose', purpose);
            body.set(field, value as string);
            const { url, tokens } = served.of('sciences');
            const headers = { authorization: `Bearer ${tokens.member}` };
            const response = await fetch(`${url.replace(/\/v1$/, '')}${path}`, { method: 'POST', headers, body });
            if (!response.ok) found.add(await response.text());
          }
        }
      }
    }
    expect(found.size).toBeGreaterThan(0);
    expect([...found].filter(repeats)).toEqual([]);
  },
);
