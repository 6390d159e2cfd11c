import { generateKeyPairSync } from 'node:crypto';
import { readSigningKeys } from '@/lib/boundary/key-set';
import type { RequestMiddleware } from '@/lib/runtime/http/handler/request-env';
import { KnownKeys } from '@/lib/runtime/workspace/identity/known-keys';
import type { MemberDirectory } from '@/lib/runtime/workspace/identity/member-directory';
import { requireMember } from '@/lib/runtime/workspace/identity/require-member';
import type { Suspension } from '@/lib/runtime/workspace/identity/suspension';
import { Forge, MEMBER } from './support/forge';

const policy = {
  issuer: 'https://issuer.invalid',
  clientId: 'sciences',
  groupsClaim: 'cognito:groups',
  groups: { member: ['member'], admin: ['admin'], auditor: ['auditor'] },
} as const;
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const forge = new Forge(privateKey, 'one', policy);
const NOW = new Date();
const keys = new KnownKeys({
  read: async () => ({
    issuer: policy.issuer,
    keys: readSigningKeys({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] }),
    readAt: NOW.toISOString(),
  }),
});

/** Whether the bearer of a token with these claims is admitted; otherwise the status of the refusal. */
async function admitted(
  claims: Record<string, unknown>,
  { path = '/v1/conversations', suspension = { disabled: false } as Suspension } = {},
): Promise<number | 'admitted'> {
  const error = await refusalOf(claims, { path, suspension });
  return error === undefined ? 'admitted' : (error as { status: number }).status;
}

/** The refusal of the bearer of a token with these claims; undefined if they are admitted. */
async function refusalOf(
  claims: Record<string, unknown>,
  {
    path,
    suspension,
    directory,
    set = () => {},
  }: {
    path: string;
    suspension: Suspension;
    directory?: MemberDirectory;
    set?: (name: string, value: unknown) => void;
  },
): Promise<unknown> {
  const authorization = `Bearer ${forge.token({ claims })}`;
  const context = {
    req: { header: () => authorization, path, method: 'GET' },
    var: { log: { tenant: 'sciences' }, time: NOW },
    set,
  } as unknown as Parameters<RequestMiddleware>[0];
  try {
    await requireMember({ policy, keys, suspensions: { of: async () => suspension }, directory })(
      context,
      async () => {},
    );
    return undefined;
  } catch (error) {
    return error;
  }
}

const now = Math.floor(NOW.getTime() / 1_000);

test.each<[string, number, Suspension, number | 'admitted']>([
  ['has done nothing', now, { disabled: false }, 'admitted'],
  ['signed its user out before they signed in', now, { disabled: false, signedOutAt: now - 1 }, 'admitted'],
  ['signed its user out in the second in which they signed in', now, { disabled: false, signedOutAt: now }, 401],
  ['signed its user out later', now - 60, { disabled: false, signedOutAt: now }, 401],
  ['disabled its user', now, { disabled: true }, 403],
])('a token after an administrator %s', async (_, signedInAt, suspension, expected) => {
  expect(await admitted({ auth_time: signedInAt }, { suspension })).toBe(expected);
});

test.each<[string, MemberDirectory['of']]>([
  ['has no user', async () => undefined],
  ['has an inactive user', async () => ({ user: { active: false }, since: {}, roles: [] }) as never],
  ['has an active user', async () => ({ user: { active: true }, since: {}, roles: ['admin'] }) as never],
  ['can not be read', () => Promise.reject(new Error('unreachable'))],
])('a disabled user is refused in the same words, and noted, where the directory %s', async (_, answer) => {
  const of = jest.fn(answer);
  const about = { path: '/v1/conversations', suspension: { disabled: true } };
  expect(await refusalOf({}, { ...about, directory: { of } })).toEqual(await refusalOf({}, about));
  expect(of.mock.calls).toEqual([[MEMBER, '']]);
});

test.each<[string, MemberDirectory | undefined, readonly string[]]>([
  ['that its token names', undefined, ['member', 'physics']],
  [
    'of SCIM, and in none that its token names, where SCIM decides',
    { of: async () => ({ user: { active: true }, since: {}, roles: ['member'], groups: ['astronomy'] }) as never },
    ['astronomy'],
  ],
  [
    'of SCIM, which has none',
    { of: async () => ({ user: { active: true }, since: {}, roles: ['member'] }) as never },
    [],
  ],
])('a member is in the groups %s', async (_, directory, groups) => {
  const set = jest.fn();
  const claims = { [policy.groupsClaim]: ['member', 'physics'] };
  const about = { path: '/v1/conversations', suspension: { disabled: false }, directory, set };
  expect(await refusalOf(claims, about)).toBeUndefined();
  expect(set).toHaveBeenCalledWith('member', expect.objectContaining({ groups }));
});

// The gateway refuses content to other roles too, so that only this test notices if this check doesn't.
test.each([
  ...[
    'conversations',
    'conversations/0/items',
    'responses',
    'responses/0',
    'files',
    'files/0/content',
    'prompts',
    'uploads',
  ],
  ...['exports', 'exports/0', 'chat/completions', 'messages', 'embeddings', 'models/0/more', 'anything'],
])('/v1/%s admits members only', async (path) => {
  expect(await byRole(`/v1/${path}`)).toEqual(['admitted', 403, 403]);
});

test.each(['models', 'models/0'])('/v1/%s admits every role', async (path) => {
  expect(await byRole(`/v1/${path}`)).toEqual(['admitted', 'admitted', 'admitted']);
});

/** What members, administrators and auditors get. */
const byRole = (path: string) =>
  Promise.all(['member', 'admin', 'auditor'].map((group) => admitted({ [policy.groupsClaim]: [group] }, { path })));
