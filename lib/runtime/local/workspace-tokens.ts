import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../gateway/api-error';
import type { GatewayEnv } from '../gateway/app';
import type { MemberRole } from '../gateway/member';

/** Who a development token of a workspace stands for. */
export const WORKSPACE_ROLES = ['member', 'otherMember', 'admin', 'auditor'] as const;

export type WorkspaceRole = (typeof WORKSPACE_ROLES)[number];

export type WorkspaceTokens = Readonly<Record<WorkspaceRole, string>>;

const ROLES: Readonly<Record<WorkspaceRole, MemberRole>> = {
  member: 'member',
  otherMember: 'member',
  admin: 'admin',
  auditor: 'auditor',
};

/** Lets the bearers of a workspace's development tokens in, and only members to what holds content. */
export function requireWorkspaceToken(tokens: WorkspaceTokens): MiddlewareHandler<GatewayEnv> {
  return async (c, next) => {
    const id = whose(tokens, c.req.header('authorization') ?? '');
    if (id === undefined) {
      throw new ApiError(
        401,
        'invalid_api_key',
        "'authorization' must be 'Bearer ' and a development token of this workspace, as 'eu-residency serve' printed it",
      );
    }
    const role = ROLES[id];
    c.set('member', { id, role });
    // Only members have conversations; who administers or audits a workspace sees none of them.
    if (role !== 'member' && !/^\/v1\/models(\/|$)/.test(c.req.path)) {
      throw new ApiError(
        403,
        'role_refused',
        `the role '${role}' has no way to the content of a workspace; use the token of a member`,
      );
    }
    await next();
  };
}

function whose(tokens: WorkspaceTokens, authorization: string): WorkspaceRole | undefined {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  // Compared whole, so that the time taken says nothing of how much of a guess was right.
  return WORKSPACE_ROLES.filter((role) => timingSafeEqual(digest(tokens[role]), digest(given)))[0];
}

const digest = (text: string) => createHash('sha256').update(text).digest();
