import type { Prepared } from './prepared';
import type { FuzzRequest } from './served-process';

/** How requests of a route are made: the ids of its path, in their order, and a body that is stretched. */
export interface Row<Ids = Prepared> {
  readonly as: readonly FuzzRequest['as'][];
  readonly ids?: readonly (keyof Ids)[];
  /** @default - none */
  readonly query?: string;
  readonly body?: (ids: Ids) => object;
  /** The field of a form with a file, instead of a body. */
  readonly form?: string;
}

const SCHEMA = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false };
const FUNCTION = { name: 'f', description: 'x', parameters: SCHEMA, strict: true };
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const MODEL = { model: 'assistant' };
const KEY_LIMITS = { limits: { requests_per_minute: 9, tokens_per_day: 9 } };
const LIST = 'limit=100&order=desc';

const member = { as: ['member'] } as const;
const admin = { as: ['admin'] } as const;

/** A row for each route that people call. */
export const ROWS: Readonly<Record<string, Row>> = {
  'POST /v1/chat/completions': {
    as: ['member', 'project'],
    body: ({ file }) => ({
      ...MODEL,
      messages: [
        { role: 'system', content: 'x' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'f' },
            { type: 'image_url', image_url: { url: PNG } },
          ],
        },
        { role: 'user', content: [{ type: 'file', file: { file_id: file } }] },
      ],
      tools: [{ type: 'function', function: FUNCTION }],
      response_format: { type: 'json_schema', json_schema: { name: 'a', schema: SCHEMA } },
      stop: ['zzz'],
      stream: true,
      metadata: { a: 'b' },
    }),
  },
  'POST /v1/responses': {
    as: ['member', 'project'],
    body: ({ prompt, response, responseItem, file }) => ({
      ...MODEL,
      input: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'f' }] },
        { type: 'item_reference', id: responseItem },
        { type: 'message', role: 'user', content: [{ type: 'input_file', file_id: file }] },
        { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c', output: 'x' },
      ],
      prompt: { id: prompt, variables: { a: 'b' } },
      instructions: 'x',
      tools: [{ type: 'function', ...FUNCTION }],
      text: { format: { type: 'json_schema', name: 'a', schema: SCHEMA } },
      previous_response_id: response,
      truncation: 'auto',
      metadata: { a: 'b' },
    }),
  },
  'POST /v1/messages': { as: ['member', 'project'], body: () => ({ ...message(), max_tokens: 100, stream: true }) },
  'POST /v1/messages/count_tokens': { as: ['member', 'project'], body: message },
  'POST /v1/embeddings': {
    as: ['member', 'project'],
    body: () => ({ model: 'vectors', input: ['a'], dimensions: 1024 }),
  },
  'GET /v1/models': { as: ['member', 'project'] },
  'GET /v1/models/:id': { as: ['member'], ids: ['member'] },
  'GET /v1/usage': { as: ['member', 'project'] },
  'POST /v1/conversations': { ...member, body: () => ({ metadata: { a: 'b' }, items: items() }) },
  'GET /v1/conversations': { ...member, query: LIST },
  'GET /v1/conversations/:id': { ...member, ids: ['conversation'] },
  'POST /v1/conversations/:id': { ...member, ids: ['conversation'], body: () => ({ metadata: { a: 'b' } }) },
  'DELETE /v1/conversations/:id': { ...member, ids: ['conversation'] },
  'POST /v1/conversations/:id/items': { ...member, ids: ['conversation'], body: () => ({ items: items() }) },
  'GET /v1/conversations/:id/items': { ...member, ids: ['conversation'], query: LIST },
  'GET /v1/conversations/:id/items/:item': { ...member, ids: ['conversation', 'item'] },
  'DELETE /v1/conversations/:id/items/:item': { ...member, ids: ['conversation', 'item'] },
  'GET /v1/responses/:id': { as: ['member', 'project'], ids: ['response'] },
  'DELETE /v1/responses/:id': { as: ['member', 'project'], ids: ['response'] },
  'POST /v1/responses/:id': {
    as: ['member', 'project'],
    ids: ['inputTokens'],
    body: () => ({ ...MODEL, input: 'x', instructions: 'x', tools: [{ type: 'function', ...FUNCTION }] }),
  },
  'POST /v1/responses/:id/cancel': { ...member, ids: ['background'] },
  'GET /v1/responses/:id/input_items': { ...member, ids: ['response'], query: LIST },
  'POST /v1/batches': {
    ...member,
    body: ({ batchFile }) => ({
      input_file_id: batchFile,
      endpoint: '/v1/responses',
      completion_window: '24h',
      metadata: { a: 'b' },
    }),
  },
  'GET /v1/batches': { ...member, query: 'limit=100' },
  'GET /v1/batches/:id': { ...member, ids: ['batch'] },
  'POST /v1/batches/:id/cancel': { ...member, ids: ['batch'] },
  'POST /v1/files': { ...member, form: 'file' },
  'GET /v1/files': { ...member, query: LIST },
  'GET /v1/files/:id': { ...member, ids: ['file'] },
  'GET /v1/files/:id/content': { ...member, ids: ['file'] },
  'DELETE /v1/files/:id': { ...member, ids: ['file'] },
  'POST /v1/uploads': {
    ...member,
    body: () => ({ bytes: 33_554_432, filename: 'a.txt', mime_type: 'text/plain', purpose: 'user_data' }),
  },
  'POST /v1/uploads/:id/parts': { ...member, ids: ['upload'], form: 'data' },
  'POST /v1/uploads/:id/complete': { ...member, ids: ['upload'], body: ({ part }) => ({ part_ids: [part] }) },
  'POST /v1/uploads/:id/cancel': { ...member, ids: ['upload'] },
  'POST /v1/prompts': { ...member, body: ({ file }) => ({ name: 'x', instructions: '{{a}}', files: [file] }) },
  'GET /v1/prompts': { ...member, query: LIST },
  'GET /v1/prompts/:id': { ...member, ids: ['prompt'] },
  'DELETE /v1/prompts/:id': { ...member, ids: ['prompt'] },
  'POST /v1/prompts/:id/versions': { ...member, ids: ['prompt'], body: () => ({ instructions: '{{a}}', ...MODEL }) },
  'GET /v1/prompts/:id/versions': { ...member, ids: ['prompt'] },
  'POST /v1/keys': { ...member, body: () => ({ name: 'x', ...KEY_LIMITS, models: ['assistant'] }) },
  'GET /v1/keys': member,
  'DELETE /v1/keys/:id': { ...member, ids: ['key'] },
  'POST /v1/prompts/:id/shares': { ...member, ids: ['prompt'], body: () => ({ group: 'member' }) },
  'GET /v1/prompts/:id/shares': { ...member, ids: ['prompt'] },
  'DELETE /v1/prompts/:id/shares/:share': { ...member, ids: ['prompt', 'share'] },
  'GET /v1/shared_prompts': { ...member, query: `group=member&${LIST}` },
  'GET /v1/exports': member,
  'GET /v1/exports/:id': { ...member, ids: ['export'] },
  'POST /admin/v1/rights/exports': {
    ...admin,
    body: () => ({ user: 'member', recipient: 'otherMember', reason: 'x' }),
  },
  'POST /admin/v1/rights/exports/:id/release': { ...admin, ids: ['job'] },
  'DELETE /admin/v1/rights/jobs/:id': { ...admin, ids: ['job'] },
  'POST /admin/v1/rights/erasures/:id/confirm': { ...admin, ids: ['job'] },
  'POST /admin/v1/rights/own/erasures': member,
  'GET /admin/v1/rights/own/jobs': member,
  'GET /admin/v1/rights/own/jobs/:id': { ...member, ids: ['job'] },
  'DELETE /admin/v1/rights/own/jobs/:id': { ...member, ids: ['job'] },
  'POST /admin/v1/rights/erasures': { ...admin, body: () => ({ user: 'member' }) },
  'POST /admin/v1/rights/readmissions': { ...admin, body: () => ({ user: 'member' }) },
  'POST /admin/v1/rights/closures': { ...admin, body: () => ({ workspace: 'sciences', days: 7 }) },
  'DELETE /admin/v1/rights/closures/:id': { ...admin, ids: ['job'] },
  'POST /admin/v1/rights/holds': {
    ...admin,
    body: ({ conversation }) => ({ user: 'member', conversation, reason: 'x' }),
  },
  'GET /admin/v1/rights/holds': admin,
  'DELETE /admin/v1/rights/holds/:id': { ...admin, ids: ['hold'] },
  'GET /admin/v1/rights/jobs': admin,
  'GET /admin/v1/rights/jobs/:id': { ...admin, ids: ['job'] },
  'GET /admin/v1/members': { ...admin, query: 'limit=60' },
  'POST /admin/v1/members': { ...admin, body: () => ({ name: 'x', roles: ['member'] }) },
  'GET /admin/v1/members/:id': { ...admin, ids: ['member'] },
  'POST /admin/v1/members/:id/roles': { ...admin, ids: ['member'], body: () => ({ roles: ['member'] }) },
  'DELETE /admin/v1/members/:id': { ...admin, ids: ['member'] },
  'POST /admin/v1/members/:id/disable': { ...admin, ids: ['member'] },
  'POST /admin/v1/members/:id/enable': { ...admin, ids: ['member'] },
  'POST /admin/v1/members/:id/sign-out': { ...admin, ids: ['member'] },
  'GET /admin/v1/records': { as: ['auditor'], query: 'limit=1000' },
  'GET /admin/v1/records/usage': { as: ['auditor'], query: 'since=2026-11-01&until=2026-11-24' },
};

function items(): object[] {
  return [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'x' }] },
    { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c', output: 'x' },
  ];
}

function message(): object {
  return {
    ...MODEL,
    system: [{ type: 'text', text: 'x' }],
    messages: [
      { role: 'user', content: [{ type: 'text', text: 'f' }] },
      { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'f', input: { a: 'x' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'x' }] },
    ],
    tools: [{ name: 'f', input_schema: SCHEMA }],
  };
}
