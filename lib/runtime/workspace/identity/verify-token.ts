import type { CryptoKey } from 'jose';
import { subjectOf } from '../../../contract/identity-provider';
import { MEMBER_ROLES, type MemberRole } from '../../../contract/roles';
import { isGroupId } from '../../../contract/tables';
import { groupsOf } from './groups';
import type { KnownKeys } from './known-keys';
import type { TokenPolicy } from './token-policy';

/** The user that a token identifies. */
export interface Bearer {
  readonly id: string;
  /** The roles that their groups have here; empty if none of their groups has one. */
  readonly roles: readonly MemberRole[];
  /** All groups that the token names. */
  readonly groups: readonly string[];
  /** When they signed in, in Unix seconds. A refreshed token repeats it. */
  readonly signedInAt: number;
  /** When the token was issued, in Unix seconds. */
  readonly issuedAt: number;
  /** The ID that the identity provider gave them; absent if they are a user of the pool itself. */
  readonly subject?: string;
}

/** The largest accepted difference between the clocks of Cognito and of this process. */
const SKEW_SECONDS = 30;

/** Longer than any token from Cognito, which contains at most 2,048 characters of groups. */
const LONGEST = 8_192;

/** All header fields of a Cognito token. Any other (`jku`, `jwk`, `x5c`, `crit`) would select another key or another interpretation. */
const HEADER_FIELDS: readonly string[] = ['alg', 'kid', 'typ'];

/**
 * The user that a token identifies; undefined if the token isn't valid in this workspace, for any reason.
 *
 * @throws NoKeySet when there are no keys to verify it with
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
  // A list of audiences would be valid for other clients too. An access token doesn't name its audience.
  if (use !== 'id' || aud !== policy.clientId) return undefined;
  if (typeof iat !== 'number' || iat > now.getTime() / 1_000 + SKEW_SECONDS) return undefined;
  if (typeof signedInAt !== 'number') return undefined;
  if (typeof sub !== 'string' || !/^[\w-]{1,64}$/.test(sub) || isGroupId(sub)) return undefined;
  const groups = new Set(groupsOf(claims[policy.groupsClaim]));
  const roles = MEMBER_ROLES.filter((role) => policy.groups[role].some((group) => groups.has(group)));
  const subject = subjectOf(claims['cognito:username']);
  const bearer = { id: sub, roles, groups: [...groups], signedInAt, issuedAt: iat };
  return { ...bearer, ...(subject !== undefined && { subject }) };
}

/** The key id of a token, if its header can be from Cognito. */
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
  const { jwtVerify } = await import('jose/jwt/verify');
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
