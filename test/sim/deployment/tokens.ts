import { generateKeyPairSync, sign } from 'node:crypto';
import { readSigningKeys } from '@/lib/boundary/key-set';
import { KnownKeys } from '@/lib/runtime/workspace/identity/known-keys';
import type { TokenPolicy } from '@/lib/runtime/workspace/identity/token-policy';
import type { Person } from './people';

const ISSUER = 'https://issuer.invalid';
const CLIENT = 'workspace';
const VALID_SECONDS = 30 * 86_400;

/** The user pool's tokens. Their key isn't seeded: tokens are in no store and in no line of the log. */
export class Tokens {
  private readonly pair = generateKeyPairSync('rsa', { modulusLength: 2_048 });

  public readonly policy: TokenPolicy = {
    issuer: ISSUER,
    clientId: CLIENT,
    groupsClaim: 'cognito:groups',
    groups: { member: ['member'], admin: ['admin'], auditor: ['auditor'] },
  };

  public knownKeys(): KnownKeys {
    const keys = readSigningKeys({
      keys: [{ ...this.pair.publicKey.export({ format: 'jwk' }), kid: 'pool', alg: 'RS256', use: 'sig' }],
    });
    return new KnownKeys({ read: async () => ({ issuer: ISSUER, keys, readAt: new Date().toISOString() }) });
  }

  /** A token of a person who signs in now. */
  public issue({ id, roles }: Person): string {
    const at = Math.floor(Date.now() / 1_000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const head = part({ alg: 'RS256', kid: 'pool' });
    const claims = {
      iss: ISSUER,
      aud: CLIENT,
      sub: id,
      iat: at,
      auth_time: at,
      exp: at + VALID_SECONDS,
      token_use: 'id',
      'cognito:groups': roles,
    };
    const text = `${head}.${part(claims)}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), this.pair.privateKey).toString('base64url')}`;
  }
}
