import { createHmac, createPublicKey, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { TokenPolicy } from '@/lib/runtime/workspace/identity/token-policy';

/** The user of forged tokens. */
export const MEMBER = '5f0c7f4e-2a5e-4c0b-9a55-0e3c5d0f1a11';

/** The parts of a token. An undefined claim or header field is omitted. */
export interface Made {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly key?: KeyObject;
}

/** Keys of another pool, and of no pool. */
const OTHER = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const CURVE = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Makes valid tokens, as a user pool does, and forged ones. */
export class Forge {
  public readonly otherKey = OTHER;

  constructor(
    private readonly key: KeyObject,
    public readonly kid: string,
    public readonly policy: TokenPolicy,
  ) {}

  /** A token that is valid except for the given parts. */
  public token({ claims = {}, header = {}, key = this.key }: Made = {}): string {
    const signed = `${encoded({ kid: this.kid, alg: 'RS256', ...header })}.${this.payload(claims)}`;
    return `${signed}.${createSign('sha256').update(signed).sign(key).toString('base64url')}`;
  }

  /** The claims of a member. */
  public payload(over: Record<string, unknown> = {}): string {
    const now = Math.floor(Date.now() / 1_000);
    const { issuer: iss, clientId: aud, groupsClaim, groups } = this.policy;
    const sub = MEMBER;
    const [group] = groups.member;
    const groupsOf = groupsClaim === 'cognito:groups' ? [group] : group;
    return encoded({ iss, aud, sub, token_use: 'id', iat: now, exp: now + 300, [groupsClaim]: groupsOf, ...over });
  }

  /** Signed with the public key as a secret. A verifier that trusts the token's `alg` accepts it. */
  public symmetric(alg: 'HS256' | 'HS512', form: 'pem' | 'jwk'): string {
    const publicKey = createPublicKey(this.key);
    const secret =
      form === 'pem'
        ? publicKey.export({ type: 'spki', format: 'pem' })
        : JSON.stringify(publicKey.export({ format: 'jwk' }));
    const signed = `${encoded({ kid: this.kid, alg })}.${this.payload()}`;
    const mac = createHmac(alg.replace('HS', 'sha'), secret).update(signed).digest('base64url');
    return `${signed}.${mac}`;
  }

  /** Signed correctly with the attacker's own key, with a header that names its location. */
  public withOwnKey(header: Record<string, unknown>): string {
    return this.token({ header, key: OTHER });
  }

  public withCurve(): string {
    const signed = `${encoded({ kid: this.kid, alg: 'ES256' })}.${this.payload()}`;
    const signature = createSign('sha256').update(signed).sign({ key: CURVE, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }

  /** Without a valid signature. */
  public unsigned(header: Record<string, unknown>, signature = ''): string {
    return `${encoded({ kid: this.kid, ...header })}.${this.payload()}.${signature}`;
  }

  public ownJwk(): object {
    return { ...createPublicKey(OTHER).export({ format: 'jwk' }), kid: this.kid, alg: 'RS256', use: 'sig' };
  }
}
