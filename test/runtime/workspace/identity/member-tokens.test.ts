import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readSigningKeys } from '@/lib/boundary/key-set';
import { KnownKeys, NoKeySet } from '@/lib/runtime/workspace/identity/known-keys';
import { type RequireMemberOptions, requireMember } from '@/lib/runtime/workspace/identity/require-member';
import type { Suspension } from '@/lib/runtime/workspace/identity/suspension';
import type { TokenPolicy } from '@/lib/runtime/workspace/identity/token-policy';
import { ATTACKS } from './support/attacks';
import { Forge, MEMBER } from './support/forge';
import { type Asked, NOW, through } from './support/through';

const POLICY: TokenPolicy = {
  issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf123',
  clientId: '1example23456789',
  groupsClaim: 'cognito:groups',
  groups: { member: ['chat', 'chat-guests'], admin: ['admins'], auditor: ['auditors'] },
};
const SECONDS = NOW.getTime() / 1_000;
const key = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const forge = new Forge(key, 'aaaa+bbbb=', POLICY);
const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: forge.kid, alg: 'RS256', use: 'sig' };
const set = { issuer: POLICY.issuer, keys: readSigningKeys({ keys: [jwk] }), readAt: NOW.toISOString() };
const knownKeys = () => new KnownKeys({ read: async () => set });

interface Sent extends Asked {
  readonly suspension?: Suspension | Error;
  readonly roleFor?: RequireMemberOptions['roleFor'];
  readonly keys?: KnownKeys;
}

function admit({ suspension = { disabled: false }, roleFor, keys = knownKeys(), ...asked }: Sent) {
  const of = async () => {
    if (suspension instanceof Error) throw suspension;
    return suspension;
  };
  return through(requireMember({ policy: POLICY, keys, suspensions: { of }, roleFor }), asked);
}

const bearer = (claims: Record<string, unknown> = {}) => `Bearer ${forge.token({ claims })}`;
const inGroups = (...groups: string[]) => bearer({ 'cognito:groups': groups });

const UNAUTHORIZED = {
  status: 401,
  code: 'invalid_api_key',
  message:
    "there is no token in the request that is valid here; sign in to this workspace, and send its ID token as 'Authorization: " +
    "Bearer TOKEN' for as long as it is valid; 'x-api-key' isn't read here",
  headers: { 'www-authenticate': 'Bearer' },
};

/** The times of a forged token. */
const SIGN_IN = { signedInAt: expect.any(Number), issuedAt: expect.any(Number) };

test.each(['Bearer ', 'bearer ', 'BEARER  '])("a valid token after '%s' admits its member", async (scheme) => {
  const admitted = await admit({ authorization: `${scheme}${forge.token()}` });
  expect(admitted).toEqual({
    member: { id: MEMBER, role: 'member', groups: ['chat'], signIn: SIGN_IN },
    tenant: 'sciences',
    logged: MEMBER,
    served: true,
    refusal: undefined,
  });
});

test.each(
  Object.entries(ATTACKS)
    .filter(([, make]) => make(forge).status === 401)
    .flatMap(([name, make]) => {
      const { headers = [] } = make(forge);
      const sent = headers.filter(([header]) => header.toLowerCase() === 'authorization').map(([, value]) => value);
      return [[name, sent.length === 0 ? undefined : sent.join(', ')] as const];
    }),
)('refused with one text, and recorded without a tenant: %s', async (_, authorization) => {
  const { refusal, ...rest } = await admit({ authorization });
  expect(refusal).toMatchObject(UNAUTHORIZED);
  expect(rest).toEqual({ tenant: 'unauthenticated', logged: undefined, served: false, member: undefined });
});

test.each([
  ['issued 30 seconds ahead', { iat: SECONDS + 30 }, true],
  ['issued 31 seconds ahead', { iat: SECONDS + 31 }, false],
  ['expired 29 seconds ago', { exp: SECONDS - 29 }, true],
  ['expired 30 seconds ago', { exp: SECONDS - 30 }, false],
  ['with an id of 64 characters', { sub: 'a'.repeat(64) }, true],
  ['with an id of 65 characters', { sub: 'a'.repeat(65) }, false],
  ['with an empty id', { sub: '' }, false],
  ['with an id after a space', { sub: ' ada' }, false],
  ['with an id before a space', { sub: 'ada ' }, false],
  ['whose sign-in is no time', { auth_time: 'now' }, false],
])('a token %s', async (_, claims, isValid) => {
  expect((await admit({ authorization: bearer(claims) })).served).toBe(isValid);
});

/** A valid token of exactly this length. Base64 alone can't have every length, so the header takes a part. */
function tokenOf(length: number): string {
  const least = Math.floor(((length - forge.token().length) * 3) / 4) - 40;
  for (let padding = least; padding < least + 40; padding++) {
    for (const typ of ['J', 'JW', 'JWT']) {
      const token = forge.token({ header: { typ }, claims: { padding: 'x'.repeat(padding) } });
      if (token.length === length) return token;
    }
  }
  throw new Error(`no token has ${length} characters`);
}

test.each([
  [8_192, true],
  [8_193, false],
])('a token of %i characters', async (length, isValid) => {
  expect((await admit({ authorization: `Bearer ${tokenOf(length)}` })).served).toBe(isValid);
});

const header = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64url');

test.each<[string, () => string]>([
  ['without a key id', () => forge.token({ header: { kid: undefined } })],
  ['with a key id that is no text', () => forge.token({ header: { kid: [forge.kid] } })],
  ['of another algorithm', () => forge.token({ header: { alg: 'RS384' } })],
  ['with a further header field', () => forge.token({ header: { jku: 'https://evil.example' } })],
  ['with a part before it', () => `${header({})}.${forge.token()}`],
  ['with a part after it', () => `${forge.token()}.x`],
  ['without a part', () => forge.token().replace(/\.[^.]*$/, '')],
])('a token %s is refused without a look at the keys', async (_, make) => {
  const find = jest.fn();
  const { refusal } = await admit({ authorization: `Bearer ${make()}`, keys: { find } as unknown as KnownKeys });
  expect(refusal).toMatchObject(UNAUTHORIZED);
  expect(find).not.toHaveBeenCalled();
});

const REFUSED =
  'no group of yours has a role in this workspace; ask its operator to add one of them to the groups of its configuration';

describe('the role', () => {
  test.each<[string, string, RequireMemberOptions['roleFor'], unknown]>([
    [
      'that the path requires, of several',
      inGroups('chat', 'admins'),
      () => 'admin',
      { id: MEMBER, role: 'admin', groups: ['chat', 'admins'], signIn: SIGN_IN },
    ],
    [
      'that comes first, if any is enough',
      inGroups('auditors', 'admins'),
      () => 'any',
      { id: MEMBER, role: 'admin', groups: ['auditors', 'admins'], signIn: SIGN_IN },
    ],
    ['is left out, if none is needed', inGroups('chat'), () => 'none', { id: MEMBER }],
    ['is left out, for a user without groups', inGroups(), () => 'none', { id: MEMBER }],
  ])('%s', async (_, authorization, roleFor, member) => {
    expect((await admit({ authorization, roleFor })).member).toEqual(member);
  });

  test('is chosen by the path and the method', async () => {
    const roleFor = jest.fn(() => 'member' as const);
    await admit({ authorization: bearer(), path: '/v1/rights', method: 'DELETE', roleFor });
    expect(roleFor).toHaveBeenCalledWith('/v1/rights', 'DELETE');
  });

  test.each([
    ['/v1/models', true],
    ['/v1/models/assistant', true],
    ['/v1/models/', false],
    ['/v1/models/assistant/x', false],
    ['/v1/modelsx', false],
    ['/x/v1/models', false],
    ['/v1/chat/completions', false],
  ])('of an auditor admits to %s: %s', async (path, isAdmitted) => {
    expect((await admit({ authorization: inGroups('auditors'), path })).served).toBe(isAdmitted);
  });

  test.each([
    ['no group', inGroups(), REFUSED],
    ['a group without a role', inGroups('students'), REFUSED],
    [
      'other roles',
      inGroups('admins', 'auditors'),
      "this is for the role 'member', and you have 'admin' and 'auditor' here; ask an administrator of the workspace",
    ],
  ])('is refused to a user with %s', async (_, authorization, message) => {
    const { refusal, served, logged } = await admit({ authorization });
    expect(refusal).toMatchObject({ status: 403, code: 'role_refused', message });
    expect([served, logged]).toEqual([false, MEMBER]);
  });
});

describe('a blocked member', () => {
  test('is refused while disabled, except where no role is needed', async () => {
    const suspension = { disabled: true };
    const { refusal, served } = await admit({ authorization: bearer(), suspension });
    expect(served).toBe(false);
    expect(refusal).toMatchObject({
      status: 403,
      code: 'member_disabled',
      message: 'an administrator has disabled you in this workspace; ask one of them to enable you',
    });
    expect((await admit({ authorization: bearer(), suspension, roleFor: () => 'any' })).served).toBe(false);
    expect((await admit({ authorization: bearer(), suspension, roleFor: () => 'none' })).served).toBe(true);
  });

  test.each([
    ['before', -1, false],
    ['in the same second as', 0, false],
    ['after', 1, true],
  ])('who signed in %s the sign-out', async (_, seconds, isServed) => {
    const suspension = { disabled: false, signedOutAt: SECONDS - 60 };
    const { served, refusal } = await admit({
      authorization: bearer({ auth_time: SECONDS - 60 + seconds }),
      suspension,
    });
    expect(served).toBe(isServed);
    if (!isServed) expect(refusal).toMatchObject(UNAUTHORIZED);
  });

  test('is as old as the token, if it says nothing of a sign-in', async () => {
    const suspension = { disabled: false, signedOutAt: SECONDS - 60 };
    expect((await admit({ authorization: bearer({ iat: SECONDS - 60 }), suspension })).served).toBe(false);
  });

  test('may be anyone while the table fails', async () => {
    const cause = new Error('throttled');
    const { refusal, served } = await admit({ authorization: bearer(), suspension: cause });
    expect(served).toBe(false);
    expect(refusal).toMatchObject({
      status: 503,
      code: 'members_unavailable',
      message: 'your membership can not be checked at the moment; try again',
      headers: { 'retry-after': '1' },
      cause,
    });
  });
});

describe('without keys', () => {
  test('every token is refused for now', async () => {
    const { refusal, served } = await admit({
      authorization: bearer(),
      keys: new KnownKeys({ read: async () => undefined }),
    });
    expect(served).toBe(false);
    expect(refusal).toMatchObject({
      status: 503,
      code: 'keys_unavailable',
      message:
        'tokens can not be checked, because the keys of their issuer were not read within a day; its operator finds why in ' +
        'the log of the function that reads them every hour, and runs it once',
      headers: { 'retry-after': '60' },
    });
  });

  test('another failure stays one', async () => {
    const failing = { find: () => Promise.reject(new TypeError('x')) } as unknown as KnownKeys;
    const { refusal, served } = await admit({ authorization: bearer(), keys: failing });
    expect([served, refusal]).toEqual([false, new TypeError('x')]);
    expect(new NoKeySet().name).toBe('NoKeySet');
  });
});
