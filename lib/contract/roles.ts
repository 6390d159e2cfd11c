/** The roles of users in a workspace. No role includes another. */
export const MEMBER_ROLES = ['member', 'admin', 'auditor'] as const;

export type MemberRole = (typeof MEMBER_ROLES)[number];

/**
 * Where a token names its bearer's groups: the user pool's own groups, or those of the organisation's identity provider. Only one of
 * the two claims is read.
 */
export const GROUPS_CLAIMS = { pool: 'cognito:groups', provider: 'custom:groups' } as const;

export type GroupsClaim = (typeof GROUPS_CLAIMS)[keyof typeof GROUPS_CLAIMS];
