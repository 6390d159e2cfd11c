import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '@/lib/config/load';
import { LocalIssuer } from '@/lib/local/local-issuer';
import { LocalKeys } from '@/lib/local/local-keys';
import { type Served, serve } from '@/lib/local/serve';
import { Store } from '@/lib/local/store';
import { recordedRoutes } from '@/test/fuzz/routes';
import { ROWS } from '@/test/fuzz/rows';
import { jsonOf } from '@/test/support/json-of';

jest.setTimeout(60_000);

const FILE = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces: [{ id: sciences, edition: edu, retention: 365d, models: [assistant], keys: {}, background: {} }]
projects: [{ id: batch, models: [assistant] }]
monitoring: { perMember: { reason: agreed, approver: Ada, until: 2099-12-31 } }
`;

const CALLERS = [
  /** The API key of another member, below `/key/v1`: the last call of `member` erases their content, and any key of theirs. */
  'key',
  'member',
  'admin',
  'auditor',
  'project',
  /** A user of the workspace whose groups have no role. */
  'roleless',
  'disabled',
  'erased',
  'signedOut',
  /** The key of a project, sent to the workspace. */
  'foreignKey',
  'anonymous',
] as const;
type Caller = (typeof CALLERS)[number];

/** The key of a member acts as the member, except in administration. */
const MEMBERS = ['member', 'key'] as const;
const MODELS = ['member', 'key', 'project'] as const;
const TOKENS = ['member'] as const;
const ROLES = ['member', 'admin', 'auditor'] as const;
const ADMINS = ['admin'] as const;
/** A disabled user still sees and cancels what concerns them. */
const USERS = [...ROLES, 'roleless', 'disabled', 'erased'] as const;

/** Who may call each route. Written by hand: a route that is new or renamed needs a decision here. */
const TABLE: Readonly<Record<string, readonly Caller[]>> = {
  'POST /v1/chat/completions': MODELS,
  'POST /v1/responses': MODELS,
  // The count of its input tokens; other IDs are refused.
  'POST /v1/responses/:id': MODELS,
  'POST /v1/messages': MODELS,
  'POST /v1/messages/count_tokens': MODELS,
  'POST /v1/embeddings': MODELS,
  'GET /v1/models': [...ROLES, 'key', 'project'],
  'GET /v1/models/:id': [...ROLES, 'key', 'project'],
  'GET /v1/usage': MODELS,
  // A project is told that nothing is stored for it.
  'GET /v1/responses/:id': MODELS,
  'DELETE /v1/responses/:id': MODELS,
  'POST /v1/responses/:id/cancel': MEMBERS,
  'GET /v1/responses/:id/input_items': MEMBERS,
  'POST /v1/conversations': MEMBERS,
  'GET /v1/conversations': MEMBERS,
  'GET /v1/conversations/:id': MEMBERS,
  'POST /v1/conversations/:id': MEMBERS,
  'DELETE /v1/conversations/:id': MEMBERS,
  'POST /v1/conversations/:id/items': MEMBERS,
  'GET /v1/conversations/:id/items': MEMBERS,
  'GET /v1/conversations/:id/items/:item': MEMBERS,
  'DELETE /v1/conversations/:id/items/:item': MEMBERS,
  'POST /v1/batches': MEMBERS,
  'GET /v1/batches': MEMBERS,
  'GET /v1/batches/:id': MEMBERS,
  'POST /v1/batches/:id/cancel': MEMBERS,
  'POST /v1/files': MEMBERS,
  'GET /v1/files': MEMBERS,
  'GET /v1/files/:id': MEMBERS,
  'GET /v1/files/:id/content': MEMBERS,
  'DELETE /v1/files/:id': MEMBERS,
  'POST /v1/uploads': MEMBERS,
  'POST /v1/uploads/:id/parts': MEMBERS,
  'POST /v1/uploads/:id/complete': MEMBERS,
  'POST /v1/uploads/:id/cancel': MEMBERS,
  'POST /v1/prompts': MEMBERS,
  'GET /v1/prompts': MEMBERS,
  'GET /v1/prompts/:id': MEMBERS,
  'DELETE /v1/prompts/:id': MEMBERS,
  'POST /v1/prompts/:id/versions': MEMBERS,
  'GET /v1/prompts/:id/versions': MEMBERS,
  'POST /v1/prompts/:id/shares': MEMBERS,
  'GET /v1/prompts/:id/shares': MEMBERS,
  'DELETE /v1/prompts/:id/shares/:share': MEMBERS,
  'GET /v1/shared_prompts': TOKENS,
  'GET /v1/exports': TOKENS,
  'GET /v1/exports/:id': TOKENS,
  'POST /v1/keys': TOKENS,
  'GET /v1/keys': TOKENS,
  'DELETE /v1/keys/:id': TOKENS,
  'POST /admin/v1/rights/exports': ADMINS,
  'POST /admin/v1/rights/exports/:id/release': ADMINS,
  'POST /admin/v1/rights/erasures': ADMINS,
  'POST /admin/v1/rights/erasures/:id/confirm': ADMINS,
  'POST /admin/v1/rights/readmissions': ADMINS,
  'POST /admin/v1/rights/closures': ADMINS,
  'DELETE /admin/v1/rights/closures/:id': ADMINS,
  'POST /admin/v1/rights/holds': ADMINS,
  'GET /admin/v1/rights/holds': ADMINS,
  'DELETE /admin/v1/rights/holds/:id': ADMINS,
  'GET /admin/v1/rights/jobs': ADMINS,
  'GET /admin/v1/rights/jobs/:id': ADMINS,
  'DELETE /admin/v1/rights/jobs/:id': ADMINS,
  'GET /admin/v1/rights/own/jobs': USERS,
  'GET /admin/v1/rights/own/jobs/:id': USERS,
  'DELETE /admin/v1/rights/own/jobs/:id': USERS,
  'GET /admin/v1/members': ADMINS,
  'POST /admin/v1/members': ADMINS,
  'GET /admin/v1/members/:id': ADMINS,
  'POST /admin/v1/members/:id/roles': ADMINS,
  'DELETE /admin/v1/members/:id': ADMINS,
  'POST /admin/v1/members/:id/disable': ADMINS,
  'POST /admin/v1/members/:id/enable': ADMINS,
  'POST /admin/v1/members/:id/sign-out': ADMINS,
  'GET /admin/v1/records': ['auditor'],
  'GET /admin/v1/records/usage': ['auditor'],
  // The last row, because it erases the content of its caller.
  'POST /admin/v1/rights/own/erasures': [...ROLES, 'erased'],
};

/** How each caller is refused at a route that isn't theirs. */
const REFUSALS: Readonly<Record<Caller, string>> = {
  member: '403 role_refused',
  admin: '403 role_refused',
  auditor: '403 role_refused',
  project: '404 unknown_url',
  key: '403 token_required',
  roleless: '403 role_refused',
  disabled: '403 member_disabled',
  erased: '403 role_refused',
  signedOut: '401 invalid_api_key',
  foreignKey: '401 invalid_api_key',
  anonymous: '401 invalid_api_key',
};

function expected(caller: Caller, route: string): string {
  const admitted = TABLE[route] ?? [];
  if (admitted.includes(caller)) return 'admitted';
  if (caller === 'erased' && admitted.includes('member')) return '403 content_erased';
  // No API of administrators is below /key, so a key is taken for a token there.
  if (caller === 'key' && route.includes(' /admin/')) return '401 invalid_api_key';
  return REFUSALS[caller];
}

const data = mkdtempSync(path.join(tmpdir(), 'routes-'));
const routes = recordedRoutes();
const credentials = new Map<Caller, string>();
let served: Served;

/** A valid body for the routes that check it before they check the caller's content. */
const BODY = { model: 'assistant', input: 'hi' };

async function call(caller: Caller, route: string, body: object = BODY, credential = credentials.get(caller)) {
  const [method = '', target = ''] = route.split(' ');
  const { url = '' } = caller === 'project' ? (served.projects[0] ?? {}) : (served.workspaces[0] ?? {});
  const tree = caller === 'key' ? '/key' : '';
  const response = await fetch(`${url.replace(/\/v1$/, '')}${tree}${target.replace(/:\w+/g, 'nothing')}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(credential !== undefined && { authorization: `Bearer ${credential}` }),
    },
    body: method === 'POST' ? JSON.stringify(body) : undefined,
  });
  return { status: response.status, answer: await jsonOf(response) };
}

async function resultOf(caller: Caller, route: string): Promise<string> {
  const { status, answer } = await call(caller, route);
  const code = answer.error?.code;
  const isRefused = status === 401 || status === 403 || status >= 500 || code === 'unknown_url';
  return isRefused ? `${status} ${code}` : 'admitted';
}

beforeAll(async () => {
  const store = Store.open(data);
  const issuer = new LocalIssuer(new LocalKeys(store));
  credentials.set('roleless', await issuer.token('sciences', 'guest', [], new Date()));
  store.close();
  const { boundary, deployment } = readConfig(FILE, 'residency.yaml');
  if (deployment === undefined) throw new Error('no deployment');
  served = await serve({ deployment, boundary, port: 0, data, upstream: 'echo', environment: {}, record: () => {} });
  const [{ tokens } = { tokens: undefined }] = served.workspaces;
  const [{ key } = { key: '' }] = served.projects;
  const known = { ...tokens, erased: tokens?.otherMember, project: key, foreignKey: key };
  for (const caller of CALLERS) if (caller in known) credentials.set(caller, known[caller as keyof typeof known] ?? '');
  const added = async (name: string) =>
    (await call('admin', 'POST /admin/v1/members', { name, roles: ['member'] })).answer;
  for (const [caller, act] of [
    ['disabled', 'disable'],
    ['signedOut', 'sign-out'],
  ] as const) {
    const { id, development_token: token } = await added(caller);
    credentials.set(caller, token);
    await call('admin', `POST /admin/v1/members/${id}/${act}`);
  }
  const { development_token: token } = await added('notebook');
  const { answer } = await call('member', 'POST /v1/keys', { name: 'notebook' }, token);
  credentials.set('key', answer.key);
  await call('erased', 'POST /admin/v1/rights/own/erasures');
});
afterAll(async () => {
  await served.close();
  rmSync(data, { recursive: true });
});

test('every route has a row in the table, and a row in the table of the fuzzer', () => {
  expect(Object.keys(TABLE).sort()).toEqual([...routes].sort());
  expect(Object.keys(ROWS).sort()).toEqual([...routes].sort());
});

test('every caller has credentials of their own', () => {
  expect(CALLERS.filter((caller) => !credentials.get(caller))).toEqual(['anonymous']);
});

test.each(CALLERS)('%s calls every route, and is admitted exactly where the table says', async (caller) => {
  const results: Record<string, string> = {};
  for (const route of Object.keys(TABLE)) results[route] = await resultOf(caller, route);
  expect(results).toEqual(Object.fromEntries(Object.keys(TABLE).map((route) => [route, expected(caller, route)])));
});
