import type { CryptoKey } from 'jose';
import { MEMBER_ROLES, type MemberRole } from '../../../contract/roles';
import { groupsOf } from './groups';
import type { KnownKeys } from './known-keys';
import type { TokenPolicy } from './token-policy';

/** Whom a token stands for. */
export interface Bearer {
  readonly id: string;
  /** What their groups let them do; none when no group of theirs has a role here. */
  readonly roles: readonly MemberRole[];
  /** When they signed in, which a refreshed token repeats, in Unix seconds. */
  readonly signedInAt: number;
}

/** How far the clocks of Cognito and of this process may differ. */
const SKEW_SECONDS = 30;

/** Longer than any of Cognito's, which hold at most 2,048 characters of groups. */
const LONGEST = 8_192;

/** All that a header of Cognito's has. What else there may be (`jku`, `jwk`, `x5c`, `crit`) asks for another key or another reading. */
const HEADER_FIELDS: readonly string[] = ['alg', 'kid', 'typ'];

/**
 * Whom a token stands for; none if it isn't one of this workspace's, whatever it is about it.
 *
 * @throws NoKeySet when there are no keys to check it by
 */
export async function verifyToken(
  token: string,
  policy: TokenPolicy,
  keys: KnownKeys,
  now: Date,
): Promise<Bearer | undefined> {
  const kid = kidOf(token);
  const key = kid === undefined ? undefined : await keys.find(kid, now);
  if (key === undefined) return undefined;
  const claims = await claimsOf(token, policy, key, now);
  if (claims === undefined) return undefined;
  const { sub, aud, iat, auth_time: signedInAt = iat, token_use: use } = claims;
  // A list of audiences would hold for others too. An access token says nothing of whom it is made out to.
  if (use !== 'id' || aud !== policy.clientId) return undefined;
  if (typeof iat !== 'number' || iat > now.getTime() / 1_000 + SKEW_SECONDS) return undefined;
  if (typeof signedInAt !== 'number') return undefined;
  if (typeof sub !== 'string' || !/^[\w-]{1,64}$/.test(sub)) return undefined;
  const groups = new Set(groupsOf(claims[policy.groupsClaim]));
  const roles = MEMBER_ROLES.filter((role) => policy.groups[role].some((group) => groups.has(group)));
  return { id: sub, roles, signedInAt };
}

/** The id of the key, of a token whose header could be one of Cognito's. */
function kidOf(token: string): string | undefined {
  if (token.length > LONGEST) return undefined;
  const [, text = ''] = /^([\w-]+)\.[\w-]+\.[\w-]+$/.exec(token) ?? [];
  try {
    const header = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const isOurs = Object.keys(header).every((name) => HEADER_FIELDS.includes(name)) && header.alg === 'RS256';
    return isOurs && typeof header.kid === 'string' ? header.kid : undefined;
  } catch {
    return undefined;
  }
}

async function claimsOf(token: string, { issuer, clientId }: TokenPolicy, key: CryptoKey, now: Date) {
  const { jwtVerify } = await import('jose');
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['RS256'],
      issuer,
      audience: clientId,
      clockTolerance: SKEW_SECONDS,
      currentDate: now,
      requiredClaims: ['exp', 'iat', 'sub', 'token_use'],
    });
    return payload;
  } catch {
    return undefined;
  }
}
