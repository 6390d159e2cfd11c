import { generateKeyPairSync } from 'node:crypto';
import { readSigningKeys } from '@/lib/boundary/key-set';
import type { RequestMiddleware } from '@/lib/runtime/http/handler/request-env';
import { KnownKeys } from '@/lib/runtime/workspace/identity/known-keys';
import { requireMember } from '@/lib/runtime/workspace/identity/require-member';
import type { Suspension } from '@/lib/runtime/workspace/identity/suspension';
import { Forge } from './support/forge';

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

/** Whether a member who signed in at a time is admitted, despite a suspension; otherwise the status of the refusal. */
async function admitted(signedInAt: number, suspension: Suspension): Promise<number | 'admitted'> {
  const authorization = `Bearer ${forge.token({ claims: { auth_time: signedInAt } })}`;
  const context = {
    req: { header: () => authorization, path: '/v1/conversations', method: 'GET' },
    var: { log: { tenant: 'sciences' }, time: NOW },
    set: () => {},
  } as unknown as Parameters<RequestMiddleware>[0];
  try {
    await requireMember({ policy, keys, suspensions: { of: async () => suspension } })(context, async () => {});
    return 'admitted';
  } catch (error) {
    return (error as { status: number }).status;
  }
}

const now = Math.floor(NOW.getTime() / 1_000);

test.each<[string, number, Suspension, number | 'admitted']>([
  ['has not suspended', now, { disabled: false }, 'admitted'],
  ['has signed out before they signed in', now, { disabled: false, signedOutAt: now - 1 }, 'admitted'],
  ['has signed out in the second in which they signed in', now, { disabled: false, signedOutAt: now }, 401],
  ['has signed out later', now - 60, { disabled: false, signedOutAt: now }, 401],
  ['has disabled', now, { disabled: true }, 403],
])('a member whom an administrator %s', async (_, signedInAt, suspension, expected) => {
  expect(await admitted(signedInAt, suspension)).toBe(expected);
});
