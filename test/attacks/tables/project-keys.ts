import type { AttackTable, RequestAttack } from '../attack';
import type { Sent, Target } from '../target';
import { tokenOf } from '../targets/senders';

const messages = [{ role: 'user', content: 'hi' }];
const model = 'assistant';

/** What a key opens. */
const CALLS = {
  models: { path: '/v1/models' },
  chat: { method: 'POST', path: '/v1/chat/completions', body: { model, messages } },
  response: { method: 'POST', path: '/v1/responses', body: { model, input: 'hi' } },
  message: { method: 'POST', path: '/v1/messages', body: { model, messages, max_tokens: 9 } },
  embedding: { method: 'POST', path: '/v1/embeddings', body: { model: 'vectors', input: 'hi' } },
} as const satisfies Readonly<Record<string, Sent>>;

type Header = readonly [string, string];
type Keys = { readonly batch: string; readonly other: string };

/** Credentials that no project has, made of those of two projects. */
const CREDENTIALS: Readonly<Record<string, (keys: Keys, target: Target) => readonly Header[]>> = {
  none: () => [],
  'an empty key': () => bearer(''),
  'a word': () => bearer('let-me-in'),
  'the ID alone': ({ batch }) => bearer(idOf(batch)),
  'the ID with a dot': ({ batch }) => bearer(`${idOf(batch)}.`),
  'the secret alone': ({ batch }) => bearer(secretOf(batch)),
  "the ID of one project with another's secret": ({ batch, other }) => bearer(`${idOf(batch)}.${secretOf(other)}`),
  'a key without its end': ({ batch }) => bearer(batch.slice(0, -1)),
  'a key with more at its end': ({ batch }) => bearer(`${batch}A`),
  'a key with another end': ({ batch }) => bearer(batch.slice(0, -2) + (batch.endsWith('AA') ? 'BB' : 'AA')),
  'a key in upper case': ({ batch }) => bearer(batch.toUpperCase()),
  'a key with another prefix': ({ batch }) =>
    bearer(batch.startsWith('eur_') ? batch.replace('eur_', 'eudev_') : batch.replace('eudev_', 'eur_')),
  'a key with an escaped dot': ({ batch }) => bearer(batch.replace('.', '%2e')),
  'two keys in one header': ({ batch, other }) => bearer(`${batch}, ${other}`),
  'a wrong key before a right one': ({ batch }) => [...bearer('x'), ...bearer(batch)],
  'a right key before a wrong one': ({ batch }) => [...bearer(batch), ...bearer('x')],
  'two projects in two headers': ({ batch, other }) => [...bearer(batch), ['x-api-key', other]],
  'a wrong key, and a right one in x-api-key': ({ batch }) => [...bearer('x'), ['x-api-key', batch]],
  'a key by another scheme': ({ batch }) => [['Authorization', `Basic ${Buffer.from(`:${batch}`).toString('base64')}`]],
  'a key without a scheme': ({ batch }) => [['Authorization', batch]],
  'a key in a cookie': ({ batch }) => [['Cookie', `Authorization=Bearer ${batch}`]],
  'a key in another header': ({ batch }) => [['X-Forwarded-Authorization', `Bearer ${batch}`]],
  "a member's token": (_, { forge }) => bearer(tokenOf(forge, 'member', ['member'], Date.now())),
  "an administrator's token": (_, { forge }) => bearer(tokenOf(forge, 'admin', ['admin'], Date.now())),
};

/** Fields that an API knows, so that a request with one is decided on by its model. */
const NAMING_FIELDS = {
  user: 'batch',
  safety_identifier: 'batch',
  prompt_cache_key: 'batch',
  metadata: { project: 'batch' },
};

/** A request of a project for a model of another one. */
const denied = (how: string, sent: Sent): RequestAttack => ({
  name: `another project's model, ${how}`,
  request: { ...sent, as: 'otherProject' },
  codes: ['model_not_found'],
});

/** A valid key where it opens nothing. */
const ELSEWHERE: readonly RequestAttack[] = [
  ...Object.entries(CALLS).map(([name, call]) => ({
    name: `a key at a workspace: ${name}`,
    request: (_: unknown, { projectKeys }: Target): Sent => ({
      ...call,
      as: 'none',
      headers: bearer(projectKeys.batch ?? ''),
    }),
    codes: ['invalid_api_key'],
  })),
  ...['', '/', '?project=batch', '?model=assistant'].map((query) =>
    denied(`with ${query || 'nothing more'}`, { ...CALLS.embedding, path: `/v1/embeddings${query}` }),
  ),
  ...['X-Project', 'OpenAI-Project', 'OpenAI-Organization', 'X-Tenant', 'Anthropic-Workspace-Id'].map((header) =>
    denied(`by ${header}`, { ...CALLS.embedding, headers: [[header, 'batch']] }),
  ),
  ...Object.entries(NAMING_FIELDS).map(([field, value]) =>
    denied(`by the field ${field}`, {
      method: 'POST',
      path: '/v1/responses',
      body: { model: 'vectors', input: 'hi', [field]: value },
    }),
  ),
  ...['vectors', 'Vectors', 'vectors ', 'amazon.titan-embed-text-v2:0', '*', '__proto__', 'constructor'].map((name) =>
    denied(`by the name ${name}`, { ...CALLS.embedding, body: { model: name, input: 'hi' } }),
  ),
];

export const PROJECT_KEYS: AttackTable = {
  title: "projects' keys",
  attacks: [
    ...Object.entries(CREDENTIALS).flatMap(([name, make]) =>
      Object.entries(CALLS).map(([call, sent]) => ({
        name: `${name}: ${call}`,
        request: (_: unknown, target: Target): Sent => ({
          ...sent,
          as: 'project',
          by: '',
          headers: make(target.projectKeys as Keys, target),
        }),
        codes: ['invalid_api_key'],
      })),
    ),
    ...ELSEWHERE,
  ],
};

const bearer = (key: string): readonly Header[] => [['Authorization', `Bearer ${key}`]];
const idOf = (key: string) => key.split('.')[0] ?? '';
const secretOf = (key: string) => key.split('.')[1] ?? '';
