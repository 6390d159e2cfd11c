import { generateKeyPairSync } from 'node:crypto';
import { type KeySet, readSigningKeys } from '../boundary/key-set';
import { PROVIDER_NAME } from '../contract/identity-provider';
import type { MemberRole } from '../contract/roles';
import { KnownKeys } from '../runtime/workspace/identity/known-keys';
import type { TokenPolicy } from '../runtime/workspace/identity/token-policy';
import type { LocalKeys } from './local-keys';

/** The user that a development token of a workspace identifies. */
export const WORKSPACE_ROLES = ['member', 'otherMember', 'admin', 'auditor'] as const;

export type WorkspaceRole = (typeof WORKSPACE_ROLES)[number];

export type WorkspaceTokens = Readonly<Record<WorkspaceRole, string>>;

/** The initial role of each user. */
export const FIRST_ROLES: Readonly<Record<WorkspaceRole, MemberRole>> = {
  member: 'member',
  otherMember: 'member',
  admin: 'admin',
  auditor: 'auditor',
};

/** A host that can't exist (RFC 2606): no deployment has this issuer or accepts its tokens. */
const ISSUER = 'https://serve.invalid';

/** The lifetime of a token, longer than a `serve` process usually runs. */
const VALID_FOR_MS = 30 * 86_400_000;

/** Replaces the user pool for `serve`: it signs development tokens with a key from the data folder. */
export class LocalIssuer {
  private readonly key: Record<string, string>;

  constructor(keys: LocalKeys) {
    this.key = JSON.parse(
      keys.issuerKey(() => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
        return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'serve', alg: 'RS256', use: 'sig' });
      }),
    );
  }

  /** The policy that verifies the tokens of a workspace, as in a deployment with its own users. */
  public policyOf(workspace: string): TokenPolicy {
    return {
      issuer: ISSUER,
      clientId: workspace,
      groupsClaim: 'cognito:groups',
      groups: { member: ['member'], admin: ['admin'], auditor: ['auditor'] },
    };
  }

  /** The public key. */
  public knownKeys(): KnownKeys {
    const set = async (): Promise<KeySet> => ({
      issuer: ISSUER,
      keys: readSigningKeys({ keys: [this.key] }),
      readAt: new Date().toISOString(),
    });
    return new KnownKeys({ read: set });
  }

  /** The token of a user who signs in at the given time. */
  public async token(workspace: string, sub: string, roles: readonly MemberRole[], at: Date): Promise<string> {
    const { importJWK, SignJWT } = await import('jose');
    const { issuer, clientId } = this.policyOf(workspace);
    return new SignJWT({ 'cognito:groups': [...roles], 'cognito:username': `${PROVIDER_NAME}_${sub}`, token_use: 'id' })
      .setProtectedHeader({ alg: 'RS256', kid: this.key.kid })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setSubject(sub)
      .setIssuedAt(at)
      .setExpirationTime(new Date(at.getTime() + VALID_FOR_MS))
      .sign(await importJWK(this.key));
  }
}
