import type { MiddlewareHandler } from 'hono';
import type { MemberRole } from '../../../contract/roles';
import type { GatewayEnv } from '../../gateway/request/gateway-env';
import { ApiError } from '../../http/api-error';
import type { Member } from '../../http/member';
import { type KnownKeys, NoKeySet } from './known-keys';
import type { Suspensions } from './suspension';
import type { TokenPolicy } from './token-policy';
import { type Bearer, verifyToken } from './verify-token';

export interface RequireMemberOptions {
  readonly policy: TokenPolicy;
  readonly keys: KnownKeys;
  /** Who is kept out, however right their token is. */
  readonly suspensions: Suspensions;
  /** What a path asks of its caller: one role, or any; what isn't for everybody is for members alone. */
  readonly roleFor?: (path: string) => MemberRole | 'any';
}

/** Who is recorded when nobody showed a valid token. */
const NOBODY = 'unauthenticated';

/** The models are for everybody of the workspace; all else under `/v1` is content. */
const CONTENT_IS_FOR_MEMBERS = (path: string): MemberRole | 'any' =>
  /^\/v1\/models(\/[^/]+)?$/.test(path) ? 'any' : 'member';

/**
 * Lets in whom a workspace's identity provider vouches for, before any route. What API Gateway's authorizer has found is not
 * looked at: the token itself is verified, so that no event can claim more than its token does.
 */
export function requireMember({
  policy,
  keys,
  suspensions,
  roleFor = CONTENT_IS_FOR_MEMBERS,
}: RequireMemberOptions): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    const trail = c.get('trail');
    const { tenant } = trail;
    trail.tenant = NOBODY;
    const token = bearerOf(c.req.header('authorization'));
    const bearer = token === undefined ? undefined : await checked(() => verifyToken(token, policy, keys, c.var.time));
    if (bearer === undefined) throw unauthorized();
    trail.tenant = tenant;
    trail.member = bearer.id;
    await requireStanding(bearer, suspensions);
    c.set('member', memberFor(bearer, roleFor(c.req.path)));
    await next();
  };
}

/** Somebody with several roles acts in the one that the path is for: an administrator who is a member has their own conversations. */
function memberFor({ id, roles }: Bearer, wanted: MemberRole | 'any'): Member {
  const role = wanted === 'any' ? roles[0] : roles.find((held) => held === wanted);
  if (role !== undefined) return { id, role };
  throw new ApiError(
    403,
    'role_refused',
    roles.length === 0
      ? 'no group of yours has a role in this workspace; ask its operator to add one of them to the groups of its configuration'
      : `this is for the role '${wanted}', and you have ${roles.map((held) => `'${held}'`).join(' and ')} here; ask an ` +
          'administrator of the workspace',
  );
}

/** A token outlives what an administrator decides; so each request asks. */
async function requireStanding({ id, signedInAt }: Bearer, suspensions: Suspensions): Promise<void> {
  const { disabled, signedOutAt } = await suspensions.of(id).catch((cause) => {
    throw new ApiError(503, 'members_unavailable', 'whether you are let in can not be read at the moment; try again', {
      headers: { 'retry-after': '1' },
      cause,
    });
  });
  if (disabled) {
    throw new ApiError(
      403,
      'member_disabled',
      'an administrator has disabled you in this workspace; ask one of them to enable you',
    );
  }
  if (signedOutAt !== undefined && signedInAt <= signedOutAt) throw unauthorized();
}

/** The scheme's name has no case (RFC 9110, 11.1). Several headers arrive joined by commas, which no token holds. */
const bearerOf = (header: string | undefined): string | undefined => /^bearer +([\w.-]+)$/i.exec(header ?? '')?.[1];

async function checked(verify: () => Promise<Bearer | undefined>): Promise<Bearer | undefined> {
  try {
    return await verify();
  } catch (error) {
    if (!(error instanceof NoKeySet)) throw error;
    // Whoever has no valid token isn't let in because nobody can tell.
    throw new ApiError(
      503,
      'keys_unavailable',
      'tokens can not be checked, because the keys of their issuer were not read within a day; its operator finds why in the ' +
        'log of the function that reads them every hour, and runs it once',
      { headers: { 'retry-after': '60' } },
    );
  }
}

/** One text for every token that doesn't open, so that it tells nothing about the token. */
const unauthorized = () =>
  new ApiError(
    401,
    'invalid_api_key',
    "there is no token in the request that is valid here; sign in to this workspace, and send its ID token as 'Authorization: " +
      "Bearer TOKEN' for as long as it is valid",
    { headers: { 'www-authenticate': 'Bearer' } },
  );
