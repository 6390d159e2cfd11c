/** A request, with its expected status while no upstream fails; 0 stands for 403 or 404. */
export interface Scenario {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expected: number;
}

const MODELS = ['assistant', 'on-bedrock', 'on-openai', 'on-server'];
const EMBEDDERS = ['embed', 'embed-on-server'];
const OUTSIDE = [
  'global.anthropic.claude-sonnet-4-6',
  'us.anthropic.claude-sonnet-4-6',
  'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0',
  'arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/x',
  'https://api.openai.com/v1',
  'gpt-4o',
  '../../x@example.com',
];
const HOSTILE = {
  'x-forwarded-host': 'example.com',
  forwarded: 'host=example.com',
  'x-portkey-custom-host': 'https://api.openai.com/v1',
  'x-amz-region': 'us-east-1',
  'openai-organization': 'org-x',
};

const messages = [{ role: 'user', content: 'Guten Tag https://example.com/' }];
const image = (url: string) => [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }];
const chat = (body: object, expected = 200, headers = {}): Scenario => ({
  path: 'chat/completions',
  body: { messages, ...body },
  headers,
  expected,
});
const respond = (body: object, expected = 200): Scenario => ({
  path: 'responses',
  body: { input: 'Guten Tag', ...body },
  expected,
});

const say = (body: object, expected = 200, headers = {}): Scenario => ({
  path: 'messages',
  body: { messages, max_tokens: 64, ...body },
  headers,
  expected,
});
const remote = { type: 'url', url: 'https://example.com/' };

/**
 * Requests for every API and every one of these models, and requests that try to make the gateway call other hosts. One model is
 * `assistant`.
 */
export const scenariosOf = (models: readonly string[], embedders: readonly string[]): readonly Scenario[] => [
  ...models.flatMap((model) =>
    [false, true].flatMap((stream) => [
      chat({ model, stream }),
      respond({ model, stream }),
      say({ model, stream }, 200, { ...HOSTILE, 'anthropic-beta': 'mcp-client-2025-11-20' }),
      chat({ model, stream }, 200, HOSTILE),
    ]),
  ),
  ...embedders.map((model) => ({ path: 'embeddings', body: { model, input: ['a', 'b'] }, expected: 200 })),
  ...OUTSIDE.flatMap((model) => [chat({ model }, 0), respond({ model }, 0), say({ model }, 0)]),
  chat({ model: 'assistant', messages: image('https://example.com/a.png') }, 400),
  chat({ model: 'assistant', messages: image('http://169.254.169.254/latest/meta-data/') }, 400),
  chat({ model: 'assistant', base_url: 'https://example.com' }, 400),
  chat({ model: 'assistant', web_search_options: {} }, 400),
  { path: 'messages/count_tokens', body: { messages, model: 'assistant' }, expected: 200 },
  say({ model: 'assistant', messages: [{ role: 'user', content: [{ type: 'image', source: remote }] }] }, 400),
  say({ model: 'assistant', messages: [{ role: 'user', content: [{ type: 'document', source: remote }] }] }, 400),
  say({ model: 'assistant', mcp_servers: [{ ...remote, name: 'x' }] }, 400),
  say({ model: 'assistant', tools: [{ type: 'web_fetch_20250910', name: 'web_fetch' }] }, 400),
  say({ model: 'assistant', inference_geo: 'us' }, 400),
  respond({ model: 'assistant', tools: [{ type: 'web_search' }] }, 400),
  respond({ model: 'assistant', tools: [{ type: 'mcp', server_label: 'x', server_url: 'https://example.com' }] }, 400),
  respond({ model: 'assistant', background: true }, 400),
  respond(
    {
      model: 'assistant',
      input: [{ role: 'user', content: [{ type: 'input_file', file_url: 'https://example.com' }] }],
    },
    400,
  ),
  { path: 'files', body: {}, expected: 404 },
  { path: 'proxy/https://example.com', body: {}, expected: 404 },
];

/** The same for every kind of destination of `CONFIG`. */
export const SCENARIOS = scenariosOf(MODELS, EMBEDDERS);

/** The deployment under test: one model for each kind of destination, and one that fails over through all of them. */
export const CONFIG = `boundary: eu
name: netns
regions: { primary: eu-central-1 }
openai: { acceptsWiderEurope: { reason: a test }, zeroRetention: true, schemasMayLeave: true }
models:
  - id: assistant
    destinations:
      - bedrock: eu.anthropic.claude-sonnet-4-6
      - openai: gpt-5.2
      - { server: "http://vllm.internal:8000/v1", model: m }
  - id: on-bedrock
    destinations: [{ bedrock: openai.gpt-oss-120b-1:0 }]
  - id: on-openai
    destinations: [{ openai: gpt-5.2-mini }]
  - id: on-server
    destinations: [{ server: "http://vllm.internal:8000/v1", model: n }]
  - id: embed
    destinations: [{ bedrock: amazon.titan-embed-text-v2:0 }]
  - id: embed-on-server
    destinations: [{ server: "http://vllm.internal:8000/v1", model: e, kind: embedding }]
projects:
  - id: all
    models: [assistant, on-bedrock, on-openai, on-server, embed, embed-on-server]
`;
