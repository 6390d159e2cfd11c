import type { AttackTable, RequestAttack, Scenario } from '../attack';
import type { Sent, Target } from '../target';
import { tokenOf } from '../targets/senders';
import { SENT_WORD } from '../words';
import { openProject, type World } from '../world';

const PROJECTS = '/admin/v1/projects';
const model = 'assistant';
const chat = {
  as: 'project',
  method: 'POST',
  path: '/v1/chat/completions',
  body: { model, messages: [{ role: 'user', content: 'hi' }] },
} as const satisfies Sent;

const creating = (id: string, body: object): Sent => ({
  as: 'operator',
  method: 'PUT',
  path: `${PROJECTS}/${id}`,
  body,
});

/** What the API does. */
const CALLS: Readonly<Record<string, Sent>> = {
  list: { as: 'operator', path: PROJECTS },
  show: { as: 'operator', path: `${PROJECTS}/acme` },
  create: creating('evil', {}),
  cap: { as: 'operator', method: 'PUT', path: `${PROJECTS}/acme/limits`, body: { tokens_per_day: 1 } },
  end: { as: 'operator', method: 'POST', path: `${PROJECTS}/acme/end` },
};

/** Who isn't an operator. */
const CALLERS: Readonly<Record<string, (target: Target, world: World) => Partial<Sent>>> = {
  'no caller': () => ({ signed: { by: 'no one' } }),
  "a project's key": ({ projectKeys }) => ({ by: `Bearer ${projectKeys.batch}` }),
  'the key of the project': (_, { openKey }) => ({ by: `Bearer ${openKey}` }),
  'a token of SCIM': ({ scimTokens }) => ({ by: `Bearer ${scimTokens.own}` }),
  "an administrator's token": ({ forge }) => ({ by: `Bearer ${tokenOf(forge, 'admin', ['admin'], Date.now())}` }),
  'a forged authorizer': () => ({
    signed: { by: 'no one' },
    context: { userArn: 'arn:aws:iam::111122223333:root', principalId: 'operator' },
  }),
};

/** Signatures that aren't the operator's for this request. API Gateway checks them in front of the bundles. */
const SIGNATURES: Readonly<Record<string, (at: number) => Sent['signed']>> = {
  "another account's": () => ({ by: 'stranger' }),
  'one of six minutes ago, sent again': (at) => ({ at: at - 6 * 60_000 }),
  'one of the future': (at) => ({ at: at + 6 * 60_000 }),
  'that of another body': () => ({ body: '{"name":"other"}' }),
  'that of another path': () => ({ path: `${PROJECTS}/other` }),
};

const CALLED: readonly RequestAttack[] = [
  ...Object.entries(CALLERS).flatMap(([name, make]) =>
    Object.entries(CALLS).map(([call, sent]) => ({
      name: `${name}: ${call}`,
      request: (world: World, target: Target): Sent => ({ ...sent, ...make(target, world) }),
      codes: ['invalid_signature', 'role_refused'],
    })),
  ),
  ...Object.entries(SIGNATURES).flatMap(([name, signed]) =>
    Object.entries(CALLS).map(([call, sent]) => ({
      name: `a signature, ${name}: ${call}`,
      on: 'serve' as const,
      request: (): Sent => ({ ...sent, signed: signed(Date.now()) }),
      codes: ['invalid_signature'],
    })),
  ),
];

/** IAM decides on a path as it was sent. A signature of `serve` is for the path as it was resolved. */
const PATHS: readonly RequestAttack[] = [
  '/evil/../acme/end',
  '/evil/%2e%2e/acme/end',
  '/evil/..%2facme/end',
  '/evil\\..\\acme/end',
  '//acme/end',
  '/ac%6de/end',
  '/ACME/end',
  '/acme%00/end',
  '/%23open/end',
  '/keys%2f..%2facme/end',
].map((path) => ({
  name: `a path: ${path}`,
  on: 'bundles' as const,
  request: { as: 'operator', method: 'POST', path: PROJECTS + path },
  codes: ['invalid_value', 'unknown_url'],
}));

/** More than `residency.yaml` declares. */
const MORE: Readonly<Record<string, readonly [id: string, body: object]>> = {
  'a model that is not open': ['evil', { models: ['vectors'] }],
  'a model of the provider': ['evil', { models: ['eu.anthropic.claude-sonnet-4-6'] }],
  'a limit above the declared one': ['evil', { limits: { tokens_per_day: 1_000_001 } }],
  'no limit': ['evil', { limits: { tokens_per_day: null } }],
  'a limit below zero': ['evil', { limits: { tokens_per_day: -1 } }],
  'a Region': ['evil', { region: 'us-east-1' }],
  'a boundary': ['evil', { boundary: 'eea' }],
  guardrails: ['evil', { guardrails: [] }],
  'a retention': ['evil', { retention: 'default' }],
  'a prototype': ['evil', JSON.parse('{"__proto__":{"models":["vectors"]},"models":["vectors"]}')],
  'the ID of a declared project': ['batch', {}],
  'the ID of a workspace': ['sciences', {}],
  'the ID of all open projects': ['open', {}],
  'the ID of requests without a key': ['unauthenticated', {}],
  'a project that exists, with other content': ['acme', { name: 'other' }],
  'a name in a refusal': ['acme', { name: SENT_WORD }],
  'a name as a model': ['evil', { models: [SENT_WORD] }],
  'a name as a field': ['evil', { [SENT_WORD]: SENT_WORD }],
};

/** What a key of an open project must not open. */
const KEYS: Readonly<Record<string, (world: World, target: Target) => Sent>> = {
  'a model that is not open': ({ openKey }) => ({
    ...chat,
    path: '/v1/embeddings',
    by: `Bearer ${openKey}`,
    body: { model: 'vectors', input: 'hi' },
  }),
  'a model of another project, by a header': ({ openKey }) => ({
    ...chat,
    path: '/v1/embeddings',
    by: `Bearer ${openKey}`,
    headers: [['X-Project', 'batch']],
    body: { model: 'vectors', input: 'hi' },
  }),
  'its ID with the secret of another project': ({ openKey }, { projectKeys }) => ({
    ...chat,
    by: `Bearer ${openKey.split('.')[0]}.${projectKeys.batch?.split('.')[1]}`,
  }),
  'the ID of another project with its secret': ({ openKey }, { projectKeys }) => ({
    ...chat,
    by: `Bearer ${projectKeys.batch?.split('.')[0]}.${openKey.split('.')[1]}`,
  }),
  "a workspace's API": ({ openKey }) => ({ path: '/v1/models', by: `Bearer ${openKey}` }),
  'stored content': ({ openKey, ids }) => ({
    ...chat,
    method: 'GET',
    path: `/v1/responses/${ids.response}`,
    by: `Bearer ${openKey}`,
  }),
};

/** There are at most three, of which one exists. */
const maximum: Scenario = {
  name: 'more than the maximum, one after another and at once',
  run: async (_, target) => {
    const ids = Array.from({ length: 6 }, (__, nth) => `more-${nth}`);
    const statuses = await Promise.all(ids.map(async (id) => (await target.send(creating(id, {}))).status));
    const created = statuses.filter((status) => status === 200).length;
    const again = await target.send(creating('one-more', {}));
    // An end makes room for one, and repeating it for no other.
    const [first = ''] = ids.filter((__, nth) => statuses[nth] === 200);
    const end = { as: 'operator', method: 'POST', path: `${PROJECTS}/${first}/end` } as const;
    for (let nth = 0; nth < 3; nth++) await target.send(end);
    const later = [await target.send(creating('later-1', {})), await target.send(creating('later-2', {}))];
    return [
      ...(created === 2 ? [] : [`${created} were created, where 2 had room: ${statuses}`]),
      ...(again.status === 409 ? [] : [`one more was answered ${again.status}`]),
      ...(`${later.map(({ status }) => status)}` === '200,409'
        ? []
        : [`after one end: ${later.map(({ status }) => status)}`]),
    ];
  },
};

const repeated: Scenario = {
  name: 'a creation, sent again',
  run: async (_, target) => {
    const [first, again] = [await target.send(creating('acme', {})), await target.send(creating('acme', {}))];
    const isSame = first.status === 200 && first.body === again.body;
    return isSame ? [] : [`it was answered ${first.status} ${first.body}, then ${again.status} ${again.body}`];
  },
};

/** Who may open projects, and that none has more than what is declared. */
export const OPEN_PROJECTS: AttackTable = {
  title: 'open projects',
  attacks: [
    ...CALLED,
    ...PATHS,
    ...Object.entries(MORE).map(
      ([name, [id, body]]): RequestAttack => ({
        name: `more than is declared: ${name}`,
        request: creating(id, body),
        codes: ['invalid_value', 'invalid_json', 'unknown_parameter', 'project_exists'],
      }),
    ),
    ...Object.entries(KEYS).map(
      ([name, request]): RequestAttack => ({
        name: `a key: ${name}`,
        request,
        codes: ['invalid_api_key', 'model_not_found', 'response_not_found', 'unknown_url', 'not_found'],
      }),
    ),
    repeated,
    maximum,
  ],
};

/** A minute after its end, a project has no use of anything. It moves the clock. */
export const ENDED_PROJECT: Scenario = {
  name: 'the key, the ID and the limits of an open project that has ended',
  run: async (_, target) => {
    const key = await openProject(target, 'beta');
    const asKey = (by: string) => target.send({ ...chat, by: `Bearer ${by}` });
    const before = (await asKey(key)).status;
    await target.send({ as: 'operator', method: 'POST', path: `${PROJECTS}/beta/end` });
    await target.advance(61_000);
    const after: Readonly<Record<string, number>> = {
      'its key': (await asKey(key)).status,
      'the same creation': (await target.send(creating('beta', {}))).status,
      'another creation': (await target.send(creating('beta', { name: 'other' }))).status,
      'a cap': (await target.send(creating('beta/limits', { tokens_per_day: 5 }))).status,
      'its key, after all that': (await asKey(key)).status,
    };
    const wrong = Object.entries(after).filter(([, status]) => status !== 401 && status !== 409);
    return [
      ...(before === 200 ? [] : [`its key didn't work before: ${before}`]),
      ...wrong.map(([what, status]) => `${what} was answered ${status}`),
    ];
  },
};
