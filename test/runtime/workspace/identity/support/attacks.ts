import type { Forge } from './forge';

/** A request that must be refused. */
export interface Attack {
  readonly method?: string;
  readonly path?: string;
  /** The header lines. A name may be repeated. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: unknown;
  /** The authorizer's result, as API Gateway's event claims it. */
  readonly context?: unknown;
  readonly status: number;
}

const HOUR = 3_600;
const seconds = () => Math.floor(Date.now() / 1_000);

const sending = (token: string, status = 401): Attack => ({ headers: [['Authorization', `Bearer ${token}`]], status });
const CHAT = { method: 'POST', path: '/v1/chat/completions', body: { model: 'assistant', messages: [] } };
/** A token of a user in these groups. */
export const as = (forge: Forge, ...groups: string[]) =>
  forge.token({
    claims: { [forge.policy.groupsClaim]: forge.policy.groupsClaim === 'cognito:groups' ? groups : groups.join(',') },
  });
const acting = (forge: Forge, group: string | undefined, attack: Partial<Attack>): Attack => ({
  headers: [['Authorization', `Bearer ${as(forge, group ?? '')}`]],
  status: 404,
  ...attack,
});
const other = (forge: Forge) => (forge.policy.groupsClaim === 'cognito:groups' ? 'custom:groups' : 'cognito:groups');

/** Known attacks on token checks. The same table runs against `serve` and against the deployed handler. */
export const ATTACKS: Readonly<Record<string, (forge: Forge) => Attack>> = {
  'no token': () => ({ status: 401 }),
  'an empty header': () => ({ headers: [['Authorization', '']], status: 401 }),
  'a scheme without a token': () => ({ headers: [['Authorization', 'Bearer ']], status: 401 }),
  'words instead of a token': () => sending('let-me-in'),
  'a token without a scheme': (forge) => ({ headers: [['Authorization', forge.token()]], status: 401 }),
  'another scheme': (forge) => ({ headers: [['Authorization', `Basic ${forge.token()}`]], status: 401 }),
  'a scheme with the same beginning': (forge) => ({
    headers: [['Authorization', `Bearers ${forge.token()}`]],
    status: 401,
  }),
  'a token and something after it': (forge) => sending(`${forge.token()} x`),
  'two headers, the second valid': (forge) => ({
    headers: [
      ['Authorization', 'Bearer x'],
      ['Authorization', `Bearer ${forge.token()}`],
    ],
    status: 401,
  }),
  'two headers, both valid': (forge) => ({
    headers: [
      ['Authorization', `Bearer ${forge.token()}`],
      ['authorization', `Bearer ${forge.token()}`],
    ],
    status: 401,
  }),
  'a token in the query': (forge) => ({ path: `/v1/models?access_token=${forge.token()}`, status: 401 }),
  'a token in a cookie': (forge) => ({ headers: [['Cookie', `Authorization=Bearer ${forge.token()}`]], status: 401 }),
  'a token in another header': (forge) => ({
    headers: [
      ['X-Amzn-Oidc-Data', forge.token()],
      ['X-Forwarded-Authorization', `Bearer ${forge.token()}`],
    ],
    status: 401,
  }),
  'a token in x-api-key': (forge) => ({ headers: [['X-Api-Key', forge.token()]], status: 401 }),
  'a wrong token, and a valid one in x-api-key': (forge) => ({
    headers: [
      ['Authorization', 'Bearer x'],
      ['X-Api-Key', forge.token()],
    ],
    status: 401,
  }),
  'a signature API of AWS': () => ({
    headers: [['Authorization', 'AWS4-HMAC-SHA256 Credential=AKID/20261127/eu-central-1/execute-api/aws4_request']],
    status: 401,
  }),

  expired: (forge) => sending(forge.token({ claims: { exp: seconds() - 60 } })),
  'expired long ago': (forge) => sending(forge.token({ claims: { iat: 1, exp: HOUR } })),
  'without an expiry': (forge) => sending(forge.token({ claims: { exp: undefined } })),
  'an expiry that is not a number': (forge) => sending(forge.token({ claims: { exp: '9999999999' } })),
  'not valid yet': (forge) => sending(forge.token({ claims: { nbf: seconds() + HOUR } })),
  'issued in the future': (forge) =>
    sending(forge.token({ claims: { iat: seconds() + HOUR, exp: seconds() + 2 * HOUR } })),
  'without a time of issue': (forge) => sending(forge.token({ claims: { iat: undefined } })),

  'without a signature': (forge) => sending(forge.token().replace(/[^.]*$/, '')),
  'without the signature part': (forge) => sending(forge.token().replace(/\.[^.]*$/, '')),
  'the signature of another token': (forge) =>
    sending(`${forge.token().replace(/[^.]*$/, '')}${forge.token({ claims: { jti: 'x' } }).split('.')[2]}`),
  'claims changed after signing': (forge) => {
    const [header, , signature] = forge.token().split('.');
    return sending(`${header}.${forge.payload({ sub: 'another-user' })}.${signature}`);
  },
  'alg none': (forge) => sending(forge.unsigned({ alg: 'none' })),
  'alg None, with an arbitrary signature': (forge) => sending(forge.unsigned({ alg: 'None' }, 'AAAA')),
  'an empty alg': (forge) => sending(forge.unsigned({ alg: '' }, 'AAAA')),
  'no alg': (forge) => sending(forge.token({ header: { alg: undefined } })),
  'HS256 with the public key as PEM': (forge) => sending(forge.symmetric('HS256', 'pem')),
  'HS256 with the public key as JWK': (forge) => sending(forge.symmetric('HS256', 'jwk')),
  'HS512 with the public key': (forge) => sending(forge.symmetric('HS512', 'pem')),
  'declared as RS384, signed with RS256': (forge) => sending(forge.token({ header: { alg: 'RS384' } })),
  'declared as PS256, signed with RS256': (forge) => sending(forge.token({ header: { alg: 'PS256' } })),
  'another kind of key': (forge) => sending(forge.withCurve()),
  'no kid': (forge) => sending(forge.token({ header: { kid: undefined } })),
  'an unknown kid': (forge) => sending(forge.token({ header: { kid: 'other' } })),
  'a kid that is not text': (forge) => sending(forge.token({ header: { kid: [forge.kid] } })),
  'a kid with the name of an inherited property': (forge) => sending(forge.token({ header: { kid: '__proto__' } })),
  'a kid that is a path': (forge) => sending(forge.token({ header: { kid: '../../../dev/null' } })),
  "another pool's key under this kid": (forge) => sending(forge.token({ key: forge.otherKey })),
  'jwk in the header': (forge) => sending(forge.withOwnKey({ jwk: forge.ownJwk() })),
  'jku in the header': (forge) => sending(forge.withOwnKey({ jku: 'https://evil.example/jwks.json' })),
  'x5u in the header': (forge) => sending(forge.withOwnKey({ x5u: 'https://evil.example/cert.pem' })),
  'x5c in the header': (forge) => sending(forge.withOwnKey({ x5c: ['MIIB'] })),
  'jku with a valid signature': (forge) => sending(forge.token({ header: { jku: 'https://evil.example/jwks.json' } })),
  'crit in the header': (forge) => sending(forge.token({ header: { crit: ['exp'] } })),
  'b64 off': (forge) => sending(forge.token({ header: { b64: false, crit: ['b64'] } })),
  'a header that is not an object': (forge) =>
    sending(`${Buffer.from('"x"').toString('base64url')}.${forge.payload()}.AAAA`),
  'a header that is not JSON': (forge) => sending(`${Buffer.from('{').toString('base64url')}.${forge.payload()}.AAAA`),
  'a payload that is not JSON': (forge) => {
    const [header, , signature] = forge.token().split('.');
    return sending(`${header}.${Buffer.from('{').toString('base64url')}.${signature}`);
  },
  'an encrypted token': (forge) => sending(`${forge.token()}.AAAA.AAAA`),
  'a token of 64 KiB': (forge) => sending('A'.repeat(8_000) + forge.token()),
  'a token with padding': (forge) => sending(`${forge.token()}==`),

  "another pool's issuer": (forge) => sending(forge.token({ claims: { iss: `${forge.policy.issuer}x` } })),
  'an issuer with the same beginning': (forge) =>
    sending(forge.token({ claims: { iss: `${forge.policy.issuer}.evil.example` } })),
  'the beginning of the issuer': (forge) => sending(forge.token({ claims: { iss: forge.policy.issuer.slice(0, -1) } })),
  'an issuer with a slash after it': (forge) => sending(forge.token({ claims: { iss: `${forge.policy.issuer}/` } })),
  'a list of issuers': (forge) => sending(forge.token({ claims: { iss: [forge.policy.issuer] } })),
  'no issuer': (forge) => sending(forge.token({ claims: { iss: undefined } })),
  "another workspace's client": (forge) => sending(forge.token({ claims: { aud: 'office' } })),
  'a list of clients with this one': (forge) =>
    sending(forge.token({ claims: { aud: [forge.policy.clientId, 'office'] } })),
  'a client with the same beginning': (forge) => sending(forge.token({ claims: { aud: `${forge.policy.clientId}2` } })),
  'no client': (forge) => sending(forge.token({ claims: { aud: undefined } })),
  'an access token': (forge) =>
    sending(forge.token({ claims: { token_use: 'access', aud: undefined, client_id: forge.policy.clientId } })),
  'an access token with an audience': (forge) => sending(forge.token({ claims: { token_use: 'access' } })),
  'no token_use': (forge) => sending(forge.token({ claims: { token_use: undefined } })),
  'no sub': (forge) => sending(forge.token({ claims: { sub: undefined } })),
  'a sub that is a partition of others': (forge) => sending(forge.token({ claims: { sub: 'a#b' } })),
  'a sub that is a list': (forge) => sending(forge.token({ claims: { sub: ['a'] } })),

  'no groups': (forge) => sending(forge.token({ claims: { [forge.policy.groupsClaim]: undefined } }), 403),
  'a group without a role': (forge) => sending(as(forge, 'students'), 403),
  'a group whose name contains a role': (forge) => sending(as(forge, 'administrators', 'not-member', 'xmemberx'), 403),
  'a group in upper case': (forge) => sending(as(forge, `${forge.policy.groups.member[0]?.toUpperCase()}`), 403),
  'a group with a space': (forge) => sending(as(forge, `${forge.policy.groups.member[0]}\u00a0`), 403),
  'groups in an unused claim': (forge) =>
    sending(
      forge.token({
        claims: {
          [forge.policy.groupsClaim]: undefined,
          [other(forge)]: [...forge.policy.groups.admin],
          groups: [...forge.policy.groups.admin],
          roles: ['admin'],
          role: 'admin',
          scope: 'admin',
        },
      }),
      403,
    ),
  'an object of groups': (forge) =>
    sending(
      forge.token({ claims: { [forge.policy.groupsClaim]: { [`${forge.policy.groups.admin[0]}`]: true } } }),
      403,
    ),
  'an admin at content': (forge) => acting(forge, forge.policy.groups.admin[0], { ...CHAT, status: 403 }),
  'an auditor at content': (forge) => acting(forge, forge.policy.groups.auditor[0], { ...CHAT, status: 403 }),
  "an admin at another user's response": (forge) =>
    acting(forge, forge.policy.groups.admin[0], { path: '/v1/responses/resp_1', status: 403 }),
  'an auditor who deletes': (forge) =>
    acting(forge, forge.policy.groups.auditor[0], { method: 'DELETE', path: '/v1/responses/resp_1', status: 403 }),
  'an admin at content, by way of the models': (forge) =>
    acting(forge, forge.policy.groups.admin[0], { ...CHAT, path: '/v1/models/../chat/completions', status: 403 }),
  'an admin at content, by way of the models, escaped': (forge) =>
    acting(forge, forge.policy.groups.admin[0], { ...CHAT, path: '/v1/models/%2e%2e/chat/completions', status: 403 }),
  'an admin at content, by an escaped slash': (forge) =>
    acting(forge, forge.policy.groups.admin[0], { ...CHAT, path: '/v1/models/..%2fchat/completions', status: 403 }),
  'an admin at content, in other letters': (forge) =>
    acting(forge, forge.policy.groups.admin[0], { ...CHAT, path: '/V1/Chat/Completions', status: 403 }),
  'an admin at content, by two slashes': (forge) =>
    acting(forge, forge.policy.groups.admin[0], { ...CHAT, path: '/v1//chat/completions', status: 403 }),
  'a method override in a header': (forge) =>
    acting(forge, forge.policy.groups.admin[0], {
      method: 'POST',
      path: '/v1/models',
      headers: [
        ['Authorization', `Bearer ${as(forge, forge.policy.groups.admin[0] ?? '')}`],
        ['X-HTTP-Method-Override', 'DELETE'],
      ],
      status: 405,
    }),
  'a member at the administration': (forge) =>
    acting(forge, forge.policy.groups.member[0], { path: '/admin/v1/members', status: 404 }),
  'a member at the administration, by way of v1': (forge) =>
    acting(forge, forge.policy.groups.member[0], { path: '/v1/../admin/v1/members', status: 404 }),
  'a member at the administration, escaped': (forge) =>
    acting(forge, forge.policy.groups.member[0], { path: '/v1/%2e%2e/admin/v1/members', status: 404 }),
  "a member at a response that isn't theirs": (forge) =>
    acting(forge, forge.policy.groups.member[0], { path: '/v1/responses/resp_68f1c0ffee', status: 404 }),
  "a member who deletes a response that isn't theirs": (forge) =>
    acting(forge, forge.policy.groups.member[0], {
      method: 'DELETE',
      path: '/v1/responses/resp_68f1c0ffee',
      status: 404,
    }),
  'no token, at a path that is not there': () => ({ path: '/v1/secrets', status: 401 }),
  'no token, malformed JSON': () => ({ ...CHAT, body: '{', status: 401 }),

  'the context of an authorizer, and no token': (forge) => ({
    context: { claims: { sub: 'x', aud: forge.policy.clientId, iss: forge.policy.issuer, 'cognito:groups': 'member' } },
    status: 401,
  }),
  'the context of an authorizer, and an expired token': (forge) => ({
    ...sending(forge.token({ claims: { exp: seconds() - 60 } })),
    context: { claims: { sub: 'x', token_use: 'id', 'cognito:groups': 'member' } },
  }),
  'the context of another pool, with its token': (forge) => ({
    ...sending(
      forge.token({ claims: { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_X' }, key: forge.otherKey }),
    ),
    context: { claims: { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_X', sub: 'x' } },
  }),
  'the context of an admin, with the token of a member': (forge) => ({
    ...acting(forge, forge.policy.groups.auditor[0], { ...CHAT, status: 403 }),
    context: {
      claims: { sub: 'x', 'cognito:groups': 'admin,member', 'custom:groups': 'member' },
      principalId: 'admin',
    },
  }),
};
