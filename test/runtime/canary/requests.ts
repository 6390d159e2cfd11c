import { mark } from './marks';

/** A client's request, with a canary in every field that the client controls. */
export interface CanaryRequest {
  readonly name: string;
  readonly method: string;
  /** The path below the base URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The project whose key it is sent with, unless its headers contain one. */
  readonly project: Project;
}

/** A project without limits, one with a limit of one request per minute, and one whose token limit is soon used up. */
export type Project = 'helpdesk-bot' | 'hurried' | 'spent';

/** Headers from clients, their libraries and intermediaries before the gateway. */
const HEADERS = {
  'content-type': 'application/json',
  'user-agent': mark('agent'),
  'x-request-id': mark('requestid'),
  'anthropic-beta': mark('beta'),
  'anthropic-workspace-id': mark('workspaceid'),
  'idempotency-key': mark('idempotency'),
  'openai-organization': mark('organization'),
  'openai-project': mark('project'),
  'x-forwarded-for': mark('forwarded'),
  'x-amzn-trace-id': `Root=${mark('trace')}`,
  traceparent: mark('traceparent'),
  baggage: `user=${mark('baggage')}`,
  cookie: `session=${mark('cookie')}`,
  referer: `https://${mark('referer')}.example/`,
  [mark('headername')]: mark('header'),
};

const IMAGE = `data:image/png;base64,${Buffer.from(mark('image')).toString('base64')}`;
const SCHEMA = {
  type: 'object',
  description: mark('schemadescription'),
  additionalProperties: false,
  properties: { [mark('schema')]: { type: 'string', enum: [mark('schemaenum')] } },
};
const FORMAT = { name: mark('format'), description: mark('formatdescription'), schema: SCHEMA };
const TOOL = { name: mark('tool'), description: mark('tooldescription'), parameters: SCHEMA };
const ARGUMENTS = JSON.stringify({ [mark('argument')]: mark('argumentvalue') });
const LABELS = {
  user: mark('user'),
  safety_identifier: mark('safety'),
  prompt_cache_key: mark('cachekey'),
};
const METADATA = { [mark('metadatakey')]: mark('metadata') };

const CHAT = {
  ...LABELS,
  metadata: METADATA,
  messages: [
    { role: 'system', content: mark('system') },
    { role: 'developer', content: mark('developer') },
    { role: 'user', name: mark('name'), content: mark('prompt') },
    {
      role: 'assistant',
      content: mark('assistant'),
      tool_calls: [{ id: mark('callid'), type: 'function', function: { name: mark('tool'), arguments: ARGUMENTS } }],
    },
    { role: 'tool', tool_call_id: mark('callid'), content: mark('toolresult') },
    {
      role: 'user',
      content: [
        { type: 'text', text: mark('part') },
        { type: 'image_url', image_url: { url: IMAGE } },
      ],
    },
  ],
  tools: [{ type: 'function', function: TOOL }],
  stop: [mark('stop')],
  response_format: { type: 'json_schema', json_schema: FORMAT },
};

const RESPONSE = {
  ...LABELS,
  metadata: METADATA,
  instructions: mark('instructions'),
  input: [
    { role: 'developer', content: mark('developer') },
    {
      role: 'user',
      content: [
        { type: 'input_text', text: mark('prompt') },
        { type: 'input_image', image_url: IMAGE },
      ],
    },
    { type: 'function_call', call_id: mark('callid'), name: mark('tool'), arguments: ARGUMENTS },
    { type: 'function_call_output', call_id: mark('callid'), output: mark('toolresult') },
  ],
  tools: [{ type: 'function', ...TOOL }],
  text: { format: { type: 'json_schema', ...FORMAT } },
};

const CACHED = { cache_control: { type: 'ephemeral', scope: mark('scope') } };
const MESSAGE = {
  max_tokens: 2_048,
  metadata: { user_id: mark('user') },
  diagnostics: { previous_message_id: mark('previous') },
  system: [{ type: 'text', text: mark('system'), ...CACHED }],
  messages: [
    { role: 'system', content: mark('developer') },
    {
      role: 'user',
      content: [
        { type: 'text', text: mark('prompt') },
        {
          type: 'image',
          source: { type: 'base64', media_type: 'image/png', data: Buffer.from(mark('image')).toString('base64') },
        },
        {
          type: 'document',
          source: { type: 'text', media_type: 'text/plain', data: mark('document') },
          title: mark('title'),
          context: mark('context'),
        },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: mark('thinking'), signature: mark('signature') },
        { type: 'redacted_thinking', data: Buffer.from(mark('redacted')).toString('base64') },
        {
          type: 'tool_use',
          id: mark('callid'),
          name: mark('tool'),
          input: { [mark('argument')]: mark('argumentvalue') },
        },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: mark('callid'), is_error: true, content: mark('toolresult') },
        { type: 'text', text: mark('part') },
      ],
    },
  ],
  tools: [{ name: mark('tool'), description: mark('tooldescription'), input_schema: SCHEMA }],
  stop_sequences: [mark('stop')],
};

/** Other keys, in the form of a deployment's and of a local one's. */
const OTHER_KEYS = ['eur', 'eudev']
  .map((prefix) => `${prefix}_${'A'.repeat(16)}.${mark('apikey').padEnd(43, 'A')}`)
  .join(', ');

const EMBEDDING = { user: mark('user'), input: [mark('prompt'), mark('part')] };

const post = (name: string, path: string, body: unknown, headers: Record<string, string> = {}): CanaryRequest => ({
  name,
  method: 'POST',
  path,
  headers: { ...HEADERS, ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
  project: 'helpdesk-bot',
});
const get = (name: string, path: string, method = 'GET'): CanaryRequest => ({
  name,
  method,
  path,
  headers: HEADERS,
  project: 'helpdesk-bot',
});

/** Requests that are sent to a model: one per API, each with its own model, so that no other request opens its circuit. */
export const requestsTo = (destination: 'bedrock' | 'completions' | 'server'): readonly CanaryRequest[] => [
  post('chat', 'chat/completions', { ...CHAT, model: `${destination}-chat` }),
  post('chat, streamed', 'chat/completions', { ...CHAT, model: `${destination}-chat-stream`, stream: true }),
  post('responses', 'responses', { ...RESPONSE, model: `${destination}-responses` }),
  post('responses, streamed', 'responses', { ...RESPONSE, model: `${destination}-responses-stream`, stream: true }),
  post('messages', 'messages', { ...MESSAGE, model: `${destination}-messages` }),
  post('messages, streamed', 'messages?beta=true', {
    ...MESSAGE,
    model: `${destination}-messages-stream`,
    stream: true,
  }),
  ...(destination === 'completions'
    ? []
    : [post('embeddings', 'embeddings', { ...EMBEDDING, model: `${destination}-embed` })]),
];

/** Requests that are refused before anything is sent, and requests that call no model. */
export const NOT_SENT: readonly CanaryRequest[] = [
  get('the models', 'models'),
  get('a model', `models/${mark('path')}`),
  get('a stored response', `responses/${mark('path')}`),
  get('the deletion of a stored response', `responses/${mark('path')}`, 'DELETE'),
  get('a path', mark('path')),
  get('a query', `models?${mark('query')}=${mark('queryvalue')}`),
  get('a method', 'chat/completions', 'PATCH'),
  post('an unknown model', 'chat/completions', { ...CHAT, model: mark('model') }),
  post('a model outside the boundary', 'responses', {
    ...RESPONSE,
    model: `arn:aws:bedrock:us-east-1::foundation-model/${mark('model')}`,
  }),
  post('an unknown parameter', 'chat/completions', {
    ...CHAT,
    model: 'bedrock-chat',
    [mark('parameter')]: mark('value'),
  }),
  post('a stored answer', 'chat/completions', { ...CHAT, model: 'bedrock-chat', store: true }),
  post('a wrong value', 'chat/completions', { ...CHAT, model: 'bedrock-chat', temperature: mark('value') }),
  post('a wrong message', 'chat/completions', {
    model: 'bedrock-chat',
    messages: [{ role: mark('role'), content: mark('prompt') }],
  }),
  post('a wrong item', 'responses', { model: 'bedrock-chat', input: [{ type: mark('type') }] }),
  post('a wrong vector', 'embeddings', { model: 'bedrock-embed', input: { [mark('prompt')]: mark('prompt') } }),
  post('a remote image', 'chat/completions', {
    model: 'bedrock-chat',
    messages: [
      { role: 'user', content: [{ type: 'image_url', image_url: { url: `https://${mark('image')}.example/` } }] },
    ],
  }),
  post('a file', 'responses', {
    model: 'bedrock-chat',
    input: [{ role: 'user', content: [{ type: 'input_file', filename: mark('filename'), file_data: mark('file') }] }],
  }),
  post('a stored file', 'responses', {
    model: 'bedrock-chat',
    input: [{ role: 'user', content: [{ type: 'input_file', file_id: mark('file') }] }],
  }),
  post('an upload', 'files', `--x\r\n\r\n${mark('file')}\r\n--x--`, {
    'content-type': 'multipart/form-data; boundary=x',
  }),
  post('a hosted tool', 'responses', {
    model: 'bedrock-chat',
    input: mark('prompt'),
    tools: [
      {
        type: 'mcp',
        server_label: mark('tool'),
        server_url: `https://${mark('tool')}.example/`,
        headers: { a: mark('key') },
      },
    ],
  }),
  post('an earlier response', 'responses', {
    model: 'bedrock-chat',
    input: mark('prompt'),
    previous_response_id: mark('id'),
  }),
  post('a count of tokens', 'messages/count_tokens', { ...MESSAGE, model: 'bedrock-messages' }),
  post('an unknown version', 'messages', MESSAGE, { 'anthropic-version': mark('version') }),
  post('an unknown model of a message', 'messages', { ...MESSAGE, model: mark('model') }),
  post('an unknown parameter of a message', 'messages', { ...MESSAGE, [mark('parameter')]: mark('value') }),
  post('an unknown block', 'messages', {
    ...MESSAGE,
    messages: [{ role: 'user', content: [{ type: mark('type'), [mark('parameter')]: mark('value') }] }],
  }),
  post('a remote image of a message', 'messages', {
    ...MESSAGE,
    messages: [
      {
        role: 'user',
        content: [{ type: 'image', source: { type: 'url', url: `https://${mark('image')}.example/` } }],
      },
    ],
  }),
  post('a remote server of a message', 'messages', {
    ...MESSAGE,
    mcp_servers: [{ type: 'url', url: `https://${mark('tool')}.example/`, authorization_token: mark('key') }],
  }),
  post('a file of a message', 'messages', {
    ...MESSAGE,
    messages: [{ role: 'user', content: [{ type: 'document', source: { type: 'file', file_id: mark('file') } }] }],
  }),
  get('a path of messages', `messages/${mark('path')}`),
  post('two keys', 'messages', { ...MESSAGE, model: 'bedrock-messages' }, { 'x-api-key': OTHER_KEYS }),
  post(
    'a wrong x-api-key',
    'messages',
    { ...MESSAGE, model: 'bedrock-messages' },
    {
      authorization: '',
      'x-api-key': mark('apikey'),
    },
  ),
  post('an incomplete body', 'chat/completions', `{"model":"bedrock-chat","messages":[{"content":"${mark('prompt')}`),
  post('another content type', 'chat/completions', mark('prompt'), { 'content-type': `text/${mark('type')}` }),
  post('a body that is too large', 'chat/completions', mark('prompt').repeat(300_000)),
  post(
    'a wrong key',
    'chat/completions',
    { ...CHAT, model: 'bedrock-chat' },
    { authorization: `Bearer ${mark('key')}` },
  ),
  post(
    'another authentication scheme',
    'chat/completions',
    { ...CHAT, model: 'bedrock-chat' },
    { authorization: `Basic ${mark('key')}` },
  ),
];

/** Requests that are answered once, and then refused by a limit. */
export const LIMITED: readonly CanaryRequest[] = (['hurried', 'hurried', 'spent', 'spent'] as const).map((project) => ({
  ...post(`limits of ${project}`, 'chat/completions', { ...CHAT, model: 'bedrock-chat' }),
  project,
}));
