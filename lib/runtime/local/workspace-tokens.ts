import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../gateway/api-error';
import type { GatewayEnv } from '../gateway/app';

/** Who a development token of a workspace stands for. */
export const WORKSPACE_ROLES = ['member', 'otherMember', 'admin', 'auditor'] as const;

export type WorkspaceRole = (typeof WORKSPACE_ROLES)[number];

export type WorkspaceTokens = Readonly<Record<WorkspaceRole, string>>;

/** Only members have conversations; who administers or audits a workspace sees none of them. */
const MAY_USE_CONTENT: readonly WorkspaceRole[] = ['member', 'otherMember'];

/** Lets the bearers of a workspace's development tokens in, and only members to what holds content. */
export function requireWorkspaceToken(tokens: WorkspaceTokens): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    const role = roleOf(tokens, c.req.header('authorization') ?? '');
    if (role === undefined) {
      throw new ApiError(
        401,
        'invalid_api_key',
        "'authorization' must be 'Bearer ' and a development token of this workspace, as 'eu-residency serve' printed it",
      );
    }
    if (!MAY_USE_CONTENT.includes(role) && !/^\/v1\/models(\/|$)/.test(c.req.path)) {
      throw new ApiError(
        403,
        'role_refused',
        `the role '${role}' has no way to the content of a workspace; use the token of a member`,
      );
    }
    await next();
  };
}

function roleOf(tokens: WorkspaceTokens, authorization: string): WorkspaceRole | undefined {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  // Compared whole, so that the time taken says nothing of how much of a guess was right.
  return WORKSPACE_ROLES.filter((role) => timingSafeEqual(digest(tokens[role]), digest(given)))[0];
}

const digest = (text: string) => createHash('sha256').update(text).digest();
