import { storedContent } from '@/lib/runtime/workspace/content';
import type { ContentOptions } from '@/lib/runtime/workspace/content-options';
import { jsonOf } from '@/test/support/json-of';
import { ServedWorkspaces } from './support/served-workspaces';
import { missing, storedContentOf } from './support/stored-content';

jest.setTimeout(60_000);

const served = new ServedWorkspaces();
afterEach(async () => {
  await served.stop();
  served.clear();
});
afterAll(() => served.end());

type Role = 'member' | 'admin' | 'auditor';
const ADMIN = '/admin/v1';

/** Calls a path, and returns the status, the code of an error and the answer. */
async function call(role: Role, route: string, body?: object | FormData, ids: Readonly<Record<string, string>> = {}) {
  const { url, tokens } = served.of('sciences');
  const [method, path = ''] = route.split(' ');
  const to = path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? 'nothing');
  const isForm = body instanceof FormData;
  const response = await fetch(`${url.replace(/\/v1$/, '')}${to}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens[role]}`,
      ...(body && !isForm && { 'content-type': 'application/json' }),
    },
    body: isForm ? body : body && JSON.stringify(body),
  });
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const answer = isJson ? await jsonOf(response) : await response.text();
  const { error } = answer ?? {};
  return {
    answer,
    id: answer?.id as string,
    result: error ? `${response.status} ${error.code}` : `${response.status}`,
  };
}

const model = 'assistant';
const instructions = 'Say {{word}}';
const messages = [{ role: 'user', content: 'hi' }];
const items = [{ role: 'user', content: 'EVIDENCE' }];
const metadata = { title: 'EVIDENCE' };
const upload = { bytes: 8, filename: 'a.txt', mime_type: 'text/plain', purpose: 'user_data' };

function form(field: 'file' | 'data', content: string): FormData {
  const made = new FormData();
  made.set(field, new File([content], 'a.txt', { type: 'text/plain' }));
  if (field === 'file') made.set('purpose', 'user_data');
  return made;
}

/** An upload with two parts. */
async function begun() {
  const { id } = await call('member', 'POST /v1/uploads', upload);
  const part = async () => (await call('member', 'POST /v1/uploads/:id/parts', form('data', 'EVID'), { id })).id;
  return { id, parts: [await part(), await part()] };
}

/** Content of each kind, of which everything has to stay. */
async function stored() {
  const conversation = (await call('member', 'POST /v1/conversations', { items, metadata })).id;
  const added = await call('member', 'POST /v1/conversations/:id/items', { items }, { id: conversation });
  const response = (await call('member', 'POST /v1/responses', { model, input: 'EVIDENCE' })).id;
  await call('member', 'POST /v1/responses', { model, input: 'EVIDENCE', conversation });
  const prompt = (await call('member', 'POST /v1/prompts', { instructions, name: 'EVIDENCE' })).id;
  return {
    conversation,
    item: added.answer.data[0].id as string,
    response,
    file: (await call('member', 'POST /v1/files', form('file', 'EVIDENCE'))).id,
    prompt,
    whole: await begun(),
    partly: await begun(),
    cancelled: await begun(),
    export: (await call('admin', `POST ${ADMIN}/rights/exports`, { user: 'member' })).id,
  };
}

type Stored = Awaited<ReturnType<typeof stored>>;
type Call = [
  role: Role,
  route: string,
  body: object | FormData | undefined,
  result: string,
  ids?: Record<string, string>,
];

/** A call of each path of the members, with its result under a hold. */
const contentCalls = (of: Stored): Call[] => {
  const conversation = { id: of.conversation, item: of.item };
  const [response, file, prompt] = [{ id: of.response }, { id: of.file }, { id: of.prompt }];
  return [
    ['member', 'POST /v1/chat/completions', { model, messages }, '200'],
    ['member', 'POST /v1/messages', { model, messages, max_tokens: 9 }, '200'],
    ['member', 'POST /v1/messages/count_tokens', { model, messages }, '200'],
    ['member', 'POST /v1/embeddings', { model, input: 'x' }, '400 model_not_supported'],
    ['member', 'GET /v1/models', undefined, '200'],
    ['member', 'GET /v1/models/:id', undefined, '200', { id: model }],
    ['member', 'POST /v1/responses', { model, input: 'more', previous_response_id: of.response }, '200'],
    ['member', 'POST /v1/responses', { model, input: 'more', conversation: of.conversation }, '200'],
    ['member', 'POST /v1/conversations', { metadata }, '200'],
    ['member', 'GET /v1/conversations', undefined, '200'],
    ['member', 'GET /v1/conversations/:id', undefined, '200', conversation],
    ['member', 'POST /v1/conversations/:id', { metadata: { title: 'nothing' } }, '409 legal_hold', conversation],
    ['member', 'DELETE /v1/conversations/:id', undefined, '409 legal_hold', conversation],
    ['member', 'POST /v1/conversations/:id/items', { items }, '200', conversation],
    ['member', 'GET /v1/conversations/:id/items', undefined, '200', conversation],
    ['member', 'GET /v1/conversations/:id/items/:item', undefined, '200', conversation],
    ['member', 'DELETE /v1/conversations/:id/items/:item', undefined, '409 legal_hold', conversation],
    ['member', 'GET /v1/responses/:id', undefined, '200', response],
    ['member', 'GET /v1/responses/:id/input_items', undefined, '200', response],
    ['member', 'DELETE /v1/responses/:id', undefined, '409 legal_hold', response],
    ['member', 'POST /v1/responses/:id/cancel', undefined, '400 invalid_value', response],
    ['member', 'POST /v1/files', form('file', 'more'), '200'],
    ['member', 'GET /v1/files', undefined, '200'],
    ['member', 'GET /v1/files/:id', undefined, '200', file],
    ['member', 'GET /v1/files/:id/content', undefined, '200', file],
    ['member', 'DELETE /v1/files/:id', undefined, '409 legal_hold', file],
    ['member', 'POST /v1/prompts', { instructions }, '200'],
    ['member', 'GET /v1/prompts', undefined, '200'],
    ['member', 'GET /v1/prompts/:id', undefined, '200', prompt],
    ['member', 'POST /v1/prompts/:id/versions', { instructions: 'other' }, '200', prompt],
    ['member', 'GET /v1/prompts/:id/versions', undefined, '200', prompt],
    // It would end an earlier share with the group.
    ['member', 'POST /v1/prompts/:id/shares', { group: 'physics' }, '409 legal_hold', prompt],
    ['member', 'GET /v1/prompts/:id/shares', undefined, '200', prompt],
    ['member', 'DELETE /v1/prompts/:id/shares/:share', undefined, '409 legal_hold', { ...prompt, share: 'nothing' }],
    ['member', 'GET /v1/shared_prompts', undefined, '400 invalid_value'],
    ['member', 'DELETE /v1/prompts/:id', undefined, '409 legal_hold', prompt],
    ['member', 'POST /v1/uploads', upload, '200'],
    ['member', 'POST /v1/uploads/:id/parts', form('data', 'more'), '200', { id: of.cancelled.id }],
    ['member', 'POST /v1/uploads/:id/complete', { part_ids: of.whole.parts }, '200', { id: of.whole.id }],
    ['member', 'POST /v1/uploads/:id/complete', { part_ids: of.partly.parts }, '409 legal_hold', { id: of.partly.id }],
    ['member', 'POST /v1/uploads/:id/cancel', undefined, '409 legal_hold', { id: of.cancelled.id }],
    ['member', 'GET /v1/exports', undefined, '200'],
    ['member', 'GET /v1/exports/:id', undefined, '200', { id: of.export }],
  ];
};

/** A call of each path of administrators and auditors. */
const adminCalls = (of: Stored, second: string): Call[] => {
  const user = 'member';
  return [
    ['admin', `POST ${ADMIN}/rights/exports`, { user }, '202'],
    ['admin', `POST ${ADMIN}/rights/exports/:id/release`, undefined, '409 not_releasable', { id: of.export }],
    ['admin', `POST ${ADMIN}/rights/erasures`, { user }, '409 legal_hold'],
    ['admin', `POST ${ADMIN}/rights/readmissions`, { user }, '409 not_erased'],
    ['admin', `POST ${ADMIN}/rights/closures`, { workspace: 'sciences' }, '409 legal_hold'],
    ['admin', `DELETE ${ADMIN}/rights/closures/:id`, undefined, '404 job_not_found'],
    ['admin', `POST ${ADMIN}/rights/holds`, { user, reason: 'case 8' }, '201'],
    ['admin', `GET ${ADMIN}/rights/holds`, undefined, '200'],
    ['admin', `DELETE ${ADMIN}/rights/holds/:id`, undefined, '200', { id: second }],
    ['admin', `GET ${ADMIN}/rights/jobs`, undefined, '200'],
    ['admin', `GET ${ADMIN}/rights/jobs/:id`, undefined, '200', { id: of.export }],
    ['admin', `GET ${ADMIN}/members`, undefined, '200'],
    ['admin', `POST ${ADMIN}/members`, { name: 'eve', roles: ['member'] }, '201'],
    ['admin', `GET ${ADMIN}/members/:id`, undefined, '200', { id: user }],
    ['admin', `POST ${ADMIN}/members/:id/roles`, { roles: ['auditor'] }, '200', { id: user }],
    ['admin', `POST ${ADMIN}/members/:id/disable`, undefined, '200', { id: user }],
    ['admin', `POST ${ADMIN}/members/:id/enable`, undefined, '200', { id: user }],
    ['admin', `POST ${ADMIN}/members/:id/sign-out`, undefined, '200', { id: user }],
    ['auditor', `GET ${ADMIN}/records`, undefined, '200'],
    ['admin', `DELETE ${ADMIN}/members/:id`, undefined, '200', { id: user }],
  ];
};

test.each(['user', 'conversation'] as const)(
  'with a hold on a %s, no request of any API removes or replaces what is stored of it',
  async (what) => {
    await served.start();
    const of = await stored();
    // A part that no request to complete the upload names.
    await call('member', 'POST /v1/uploads/:id/parts', form('data', 'EVID'), { id: of.partly.id });
    const hold = {
      user: 'member',
      reason: 'case 7',
      ...(what === 'conversation' && { conversation: of.conversation }),
    };
    const [, second = ''] = [
      (await call('admin', `POST ${ADMIN}/rights/holds`, hold)).id,
      (await call('admin', `POST ${ADMIN}/rights/holds`, hold)).id,
    ];
    await served.stop();
    const before = await storedContentOf(served.data, 'sciences');
    await served.start();
    const calls = [...contentCalls(of), ...adminCalls(of, second)];
    const results = [];
    for (const [role, route, body, , ids] of calls) results.push([route, (await call(role, route, body, ids)).result]);
    expect(results).toEqual(calls.map(([, route, , expected]) => [route, expected]));
    await served.stop();
    const after = await storedContentOf(served.data, 'sciences');
    expect([before.rows.size > 15, before.objects.size > 8]).toEqual([true, true]);
    expect(missing(before, after)).toEqual([]);
  },
);

test('the calls of the test above include every path of stored content', () => {
  const none = { id: '', parts: [] };
  const of: Stored = {
    conversation: '',
    item: '',
    response: '',
    file: '',
    prompt: '',
    export: '',
    whole: none,
    partly: none,
    cancelled: none,
  };
  const called = new Set(contentCalls(of).map(([, route]) => route));
  const unused = { client: { send: () => Promise.reject(new Error('unused')) }, name: '' };
  const { routes } = storedContent({ table: unused, bucket: unused, keyring: {} } as unknown as ContentOptions);
  expect(routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !called.has(route))).toEqual([]);
});
