import type { AttackTable, RequestAttack, Scenario } from '../attack';
import { addMember, decideBy } from '../puppets';
import { ROUTES } from '../routes';
import type { Sent, Target } from '../target';
import { tokenOf } from '../targets/senders';
import type { World } from '../world';
import { ENDED_PROJECT } from './open-projects';
import { STOPPED_JOBS } from './stopped-jobs';

const model = 'assistant';
const chat = {
  method: 'POST',
  path: '/key/v1/chat/completions',
  body: { model, messages: [{ role: 'user', content: 'hi' }] },
};

const CALLS: readonly Sent[] = [
  { path: '/key/v1/models' },
  { path: '/key/v1/conversations' },
  chat,
  { method: 'POST', path: '/key/v1/responses', body: { model, input: 'hi' } },
];

/** Texts that aren't a valid key, made of those of two members. */
const CREDENTIALS: Readonly<Record<string, (own: string, theirs: string, target: Target) => Sent>> = {
  none: () => ({ path: '', as: 'none' }),
  'an empty key': () => by(''),
  'the ID alone': (own) => by(`Bearer ${own.slice(0, own.lastIndexOf('.'))}`),
  'the secret alone': (own) => by(`Bearer ${secretOf(own)}`),
  "another member's ID with the own secret": (own, theirs) => by(`Bearer ${idOf(theirs)}.${secretOf(own)}`),
  "the own key with another member's name": (own) => by(`Bearer ${own.replace('otherMember', 'member')}`),
  'a member who has no keys': (own) => by(`Bearer ${own.replace('otherMember', 'stranger')}`),
  'a member who is a path': (own) => by(`Bearer ${own.replace('otherMember', '../member')}`),
  'a key without its end': (own) => by(`Bearer ${own.slice(0, -1)}`),
  'a key with more at its end': (own) => by(`Bearer ${own}A`),
  'a key in upper case': (own) => by(`Bearer ${own.toUpperCase()}`),
  'a key of the other kind': (own) =>
    by(`Bearer ${own.startsWith('eurm') ? own.replace('eurm', 'eudevm') : own.replace('eudevm', 'eurm')}`),
  'a key with an escaped dot': (own) => by(`Bearer ${own.replace('.', '%2e')}`),
  'a key with a tab': (own) => by(`Bearer ${own.replace('.', '.\t')}`),
  'a key of ten kilobytes': (own) => by(`Bearer ${own}${'A'.repeat(10_000)}`),
  'two keys in one header': (own, theirs) => by(`Bearer ${idOf(theirs)}.x, ${own}`),
  'two keys in two headers': (own, theirs) => ({ ...by(`Bearer ${own}`), headers: [['x-api-key', theirs]] }),
  'a wrong key, and a right one in x-api-key': (own) => ({ ...by('Bearer x'), headers: [['x-api-key', own]] }),
  'a key by another scheme': (own) => by(`Basic ${Buffer.from(`:${own}`).toString('base64')}`),
  'a key without a scheme': (own) => by(own),
  'a key in a cookie': (own) => ({ path: '', as: 'none', headers: [['Cookie', `Authorization=Bearer ${own}`]] }),
  "a project's key": (_, __, { projectKeys }) => by(`Bearer ${projectKeys.batch}`),
  "a member's token": (_, __, { forge }) => by(`Bearer ${tokenOf(forge, 'otherMember', ['member'], Date.now())}`),
  "an administrator's token": (_, __, { forge }) => by(`Bearer ${tokenOf(forge, 'admin', ['admin'], Date.now())}`),
};

const by = (credential: string): Sent => ({ path: '', by: credential });
const idOf = (key: string) => key.slice(0, key.lastIndexOf('.'));
const secretOf = (key: string) => key.slice(key.lastIndexOf('.') + 1);

const withKey =
  (sent: Sent, key: ({ own }: World) => string = ({ own }) => own.apiKey) =>
  (world: World): Sent => ({
    ...sent,
    by: `Bearer ${key(world)}`,
  });

const inUrl: RequestAttack = {
  name: 'a key in the URL',
  request: ({ own }) => ({ path: `/key/v1/models?api_key=${own.apiKey}&key=${own.apiKey}`, as: 'none' }),
  codes: ['invalid_api_key'],
};

/** A valid key where only a token is accepted. */
const ADMINISTRATION: readonly RequestAttack[] = [
  ...(
    [
      ['GET', '/key/v1/keys'],
      ['POST', '/key/v1/keys'],
      ['GET', '/key/v1/exports'],
      ['GET', '/key/v1/keys/'],
      ['GET', '/key/v1/%6beys'],
      ['GET', '/key/v1/x/../keys'],
    ] as const
  ).map(([method, path]) => ({
    name: `${method} ${path}`,
    request: withKey({ method, path, ...(method === 'POST' && { body: { name: 'more' } }) }),
    codes: ['token_required'],
  })),
  {
    name: 'an own export',
    request: (world) => withKey({ path: `/key/v1/exports/${world.own.export}` })(world),
    codes: ['token_required'],
  },
  {
    name: 'the own key, deleted',
    request: (world) => withKey({ method: 'DELETE', path: `/key/v1/keys/${world.own.key}` })(world),
    codes: ['token_required'],
  },
  ...[
    '/v1/models',
    '/v1/conversations',
    '/v1/keys',
    '/admin/v1/members',
    '/admin/v1/records',
    '/admin/v1/rights/jobs',
    '/admin/v1/rights/own/jobs',
  ].map((path) => ({ name: `a key as a token: ${path}`, request: withKey({ path }), codes: ['invalid_api_key'] })),
  ...[
    '/key/admin/v1/members',
    '/key/v1/../../admin/v1/members',
    '/key/v1/admin/v1/members',
    '/key/key/v1/models',
    '/key/v1',
    '/key',
  ].map((path) => ({
    name: `a path of no tree: ${path}`,
    request: withKey({ path }),
    codes: ['invalid_api_key', 'unknown_url'],
  })),
];

/** A key for a course of others, of which the first is declared where functions are attacked. */
const COURSES: readonly RequestAttack[] = ['closed', 'CLOSED', ' closed', 'none', '../closed', 'closed#member'].map(
  (course) => ({
    name: `a key for the course '${course}'`,
    request: () => ({ method: 'POST', path: '/v1/keys', as: 'otherMember', body: { name: 'x', course } }),
    codes: ['invalid_value'],
  }),
);

/** Another member's content, with a key instead of a token. */
const CONTENT: readonly RequestAttack[] = ROUTES.filter(
  ({ as, route }) => as.includes('member') && route.includes(' /v1/'),
).map(({ route, namesContent, request }) => ({
  name: `another's content: ${route}`,
  request: (world: World) => {
    const sent = request(world.ids);
    return withKey({ ...sent, path: `/key${sent.path}` })(world);
  },
  ...(!namesContent && !/\/(keys|exports)$/.test(route) && { may: [200, 202, 400] }),
}));

const ENDED: readonly RequestAttack[] = [
  { name: "an erased member's key", request: withKey(chat, ({ erased }) => erased.apiKey), codes: ['invalid_api_key'] },
  {
    name: "an erased member's key, for the models",
    request: withKey({ path: '/key/v1/models' }, ({ erased }) => erased.apiKey),
    codes: ['invalid_api_key'],
  },
];

/** What an administrator or the member does, after which a key must stop within 60 seconds. */
const STOPS: Readonly<Record<string, (target: Target, id: string, key: string) => Promise<unknown>>> = {
  disabled: (target, id) => target.send({ as: 'admin', method: 'POST', path: `/admin/v1/members/${id}/disable` }),
  'signed out': (target, id) => target.send({ as: 'admin', method: 'POST', path: `/admin/v1/members/${id}/sign-out` }),
  'without the role': (target, id) =>
    target.send({ as: 'admin', method: 'POST', path: `/admin/v1/members/${id}/roles`, body: { roles: ['auditor'] } }),
  removed: (target, id) => target.send({ as: 'admin', method: 'DELETE', path: `/admin/v1/members/${id}` }),
  'who revoked it': (target, id, key) => decideBy(target, { id, roles: ['member'] }, 'DELETE', `/v1/keys/${key}`),
  'who has not signed in for 30 days': async () => undefined,
};

const stopping: readonly Scenario[] = Object.entries(STOPS).map(([how, stop], nth) => ({
  name: `the key of a member ${how}`,
  run: async (_, target) => {
    const puppet = await addMember(target, { id: 'admin', roles: ['admin'] }, `keyholder-${nth}`);
    await target.addPerson(puppet.id, puppet.roles);
    const made = await decideBy(target, puppet, 'POST', '/v1/keys', { name: 'x' });
    const { id, key } = JSON.parse(made.body);
    const asKey = () => target.send({ ...chat, by: `Bearer ${key}` });
    const before = (await asKey()).status;
    await stop(target, puppet.id, id);
    await target.advance(how.includes('30 days') ? 30 * 86_400_000 + 61_000 : 61_000);
    const { status, body } = await asKey();
    return [
      ...(before === 200 ? [] : [`the key didn't work before: ${before}`]),
      ...([401, 403].includes(status) ? [] : [`the key was answered ${status}: ${body.slice(0, 200)}`]),
    ];
  },
}));

/** Keys of members: forged, stolen, ended, and used where only a token is accepted. */
export const MEMBER_KEYS: AttackTable = {
  title: "members' keys",
  attacks: [
    ...Object.entries(CREDENTIALS).flatMap(([name, make]) =>
      CALLS.map((call) => ({
        name: `${name}: ${call.method ?? 'GET'} ${call.path}`,
        request: ({ own, ids }: World, target: Target): Sent => ({ ...make(own.apiKey, ids.apiKey, target), ...call }),
        codes: ['invalid_api_key'],
      })),
    ),
    inUrl,
    ...ADMINISTRATION,
    ...COURSES,
    ...CONTENT,
    ...ENDED,
  ],
};

/** What must stop within a minute. Each moves the clock, the last ones by a month. */
export const STOPPED: AttackTable = {
  title: 'keys and jobs that must stop',
  isAlone: true,
  attacks: [...STOPPED_JOBS, ENDED_PROJECT, ...stopping],
};
