import { UNAUTHENTICATED } from '../../../contract/metrics';
import type { MemberRole } from '../../../contract/roles';
import type { RequestMiddleware } from '../../http/handler/request-env';
import type { Member } from '../../http/member';
import { ApiError } from './api-error';
import { type KnownKeys, NoKeySet } from './known-keys';
import { type MemberDirectory, requireDirectoryEntry } from './member-directory';
import type { Suspensions } from './suspension';
import type { TokenPolicy } from './token-policy';
import { type Bearer, verifyToken } from './verify-token';

export interface RequireMemberOptions {
  readonly policy: TokenPolicy;
  readonly keys: KnownKeys;
  /** The members who are blocked even if their token is valid. */
  readonly suspensions: Suspensions;
  /**
   * Who is a member, and in which groups, where SCIM decides.
   *
   * @default - the groups of the token decide
   */
  readonly directory?: MemberDirectory;
  /** What a request requires. By default, every path except the list of models requires the role `member`. */
  readonly roleFor?: (path: string, method: string) => RequiredRole;
  /**
   * Receives the bearer of each valid token who isn't blocked, whether or not they have the role.
   *
   * @default - nothing records it
   */
  readonly seen?: (bearer: Bearer) => void;
}

/**
 * The role that a request requires, or `any`; with `none` a valid token is enough, also of a user who was disabled or has no role
 * any more.
 */
export type RequiredRole = MemberRole | 'any' | 'none';

/** Every role may list the models. All other paths under `/v1` are content. */
const CONTENT_IS_FOR_MEMBERS = (path: string): RequiredRole =>
  /^\/v1\/models(\/[^/]+)?$/.test(path) ? 'any' : 'member';

/**
 * Authenticates the users of a workspace by their tokens, before any route. The result of API Gateway's authorizer isn't used: the
 * token itself is verified, so that no event can claim more than its token.
 */
export function requireMember({
  policy,
  keys,
  suspensions,
  directory,
  roleFor = CONTENT_IS_FOR_MEMBERS,
  seen,
}: RequireMemberOptions): RequestMiddleware {
  return async (c, next) => {
    const { log, time } = c.var;
    const { tenant } = log;
    log.tenant = UNAUTHENTICATED;
    const token = bearerOf(c.req.header('authorization'));
    const bearer = token === undefined ? undefined : await checked(() => verifyToken(token, policy, keys, time));
    if (bearer === undefined) throw unauthorized();
    log.tenant = tenant;
    log.member = bearer.id;
    const required = roleFor(c.req.path, c.req.method);
    await requireNotBlocked(bearer, { suspensions, directory }, required);
    const acting = await withRoles(bearer, directory, required);
    seen?.(acting);
    c.set('member', memberFor(acting, required));
    await next();
  };
}

/** With a directory, the token's groups count for nothing. A user without a role needs no entry where a token is enough. */
async function withRoles(
  bearer: Bearer,
  directory: MemberDirectory | undefined,
  required: RequiredRole,
): Promise<Bearer> {
  if (directory === undefined) return bearer;
  if (required === 'none') return { ...bearer, roles: [], groups: [] };
  // No user of the pool itself has an external ID.
  const { roles, groups = [] } = await requireDirectoryEntry(directory, bearer.id, bearer.subject ?? '');
  return { ...bearer, roles, groups };
}

/** A user with several roles acts in the role that the path requires: an administrator who is also a member has conversations. */
function memberFor({ id, roles, groups, signedInAt, issuedAt }: Bearer, required: RequiredRole): Member {
  if (required === 'none') return { id };
  const role = required === 'any' ? roles[0] : roles.find((own) => own === required);
  if (role !== undefined) return { id, role, groups, signIn: { signedInAt, issuedAt } };
  throw new ApiError(
    403,
    'role_refused',
    roles.length === 0
      ? 'no group of yours has a role in this workspace; ask its operator to add one of them to the groups of its configuration'
      : `this is for the role '${required}', and you have ${roles.map((own) => `'${own}'`).join(' and ')} here; ask an ` +
          'administrator of the workspace',
  );
}

/** A token stays valid after an administrator blocks a member, so each request checks. */
async function requireNotBlocked(
  { id, subject, signedInAt }: Bearer,
  { suspensions, directory }: Pick<RequireMemberOptions, 'suspensions' | 'directory'>,
  required: RequiredRole,
): Promise<void> {
  const { disabled, signedOutAt } = await suspensions.of(id).catch((cause) => {
    throw new ApiError(503, 'members_unavailable', 'your membership can not be checked at the moment; try again', {
      headers: { 'retry-after': '1' },
      cause,
    });
  });
  if (disabled && required !== 'none') {
    // Reading notes which user the member is. Administrators find members by that, and couldn't enable one that SCIM has created again.
    await directory?.of(id, subject ?? '').catch(() => undefined);
    throw new ApiError(
      403,
      'member_disabled',
      'an administrator has disabled you in this workspace; ask one of them to enable you',
    );
  }
  if (signedOutAt !== undefined && signedInAt <= signedOutAt) throw unauthorized();
}

/** The scheme's name is case-insensitive (RFC 9110, 11.1). Several headers arrive joined by commas, which no token contains. */
const bearerOf = (header: string | undefined): string | undefined => /^bearer +([\w.-]+)$/i.exec(header ?? '')?.[1];

async function checked(verify: () => Promise<Bearer | undefined>): Promise<Bearer | undefined> {
  try {
    return await verify();
  } catch (error) {
    if (!(error instanceof NoKeySet)) throw error;
    // A token that can't be verified isn't accepted.
    throw new ApiError(
      503,
      'keys_unavailable',
      'tokens can not be checked, because the keys of their issuer were not read within a day; its operator finds why in the ' +
        'log of the function that reads them every hour, and runs it once',
      { headers: { 'retry-after': '60' } },
    );
  }
}

/** One text for every invalid token, so that it reveals nothing about the token. */
const unauthorized = () =>
  new ApiError(
    401,
    'invalid_api_key',
    "there is no token in the request that is valid here; sign in to this workspace, and send its ID token as 'Authorization: " +
      "Bearer TOKEN' for as long as it is valid; 'x-api-key' isn't read here",
    { headers: { 'www-authenticate': 'Bearer' } },
  );
