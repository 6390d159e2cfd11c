import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { IdentityPolicy } from '../../contract/policies/identity-policy';
import { GROUPS_CLAIMS, MEMBER_ROLES, type MemberRole } from '../../contract/roles';
import { GROUPS_ATTRIBUTE } from './identity-provider';

/** The groups of an identity provider that have each role. A user in groups of several roles has all of them. */
export interface MemberGroups {
  /**
   * Groups whose users can chat, and read their own conversations.
   *
   * @default - none
   */
  readonly member?: string[];

  /**
   * Groups whose users manage members, retention, export and erasure, and read no content.
   *
   * @default - none
   */
  readonly admin?: string[];

  /**
   * Groups whose users read records, and no content.
   *
   * @default - none
   */
  readonly auditor?: string[];
}

/**
 * The groups of an identity provider that have a role.
 *
 * @throws if there are none, or a name can't be one
 */
export function providedGroups(
  scope: Construct,
  { member = [], admin = [], auditor = [] }: MemberGroups = {},
): IdentityPolicy {
  const wrong = [...member, ...admin, ...auditor].find((group) => !/^[^\s,"[\]%][^,"[\]%]*$/.test(group));
  if (member.length + admin.length + auditor.length === 0 || wrong !== undefined) {
    throw new Error(
      `${scope.node.path}: 'groups' must name the groups of the identity provider that have a role, without comma, quote, bracket or ` +
        `percent sign, because otherwise no user or the wrong users would be admitted, got ${wrong === undefined ? 'none' : `'${wrong}'`}; ` +
        'name at least one group, or rename it at the provider',
    );
  }
  return { groupsClaim: GROUPS_ATTRIBUTE, groups: { member, admin, auditor } };
}

/**
 * Adds groups to a pool without an identity provider, one for each role of a workspace.
 *
 * @throws if groups of a provider are given
 */
export function ownGroups(
  scope: Construct,
  { userPoolId }: cognito.IUserPool,
  workspaceId: string,
  given?: MemberGroups,
): IdentityPolicy {
  if (given !== undefined) {
    throw new Error(
      `${scope.node.path}: 'groups' must be groups of an identity provider, but the pool has no provider; leave them out, and add users ` +
        `to the pool's groups ${MEMBER_ROLES.map((role) => `${workspaceId}-${role}`).join(', ')}`,
    );
  }
  for (const role of MEMBER_ROLES) {
    const groupName = `${workspaceId}-${role}`;
    new cognito.CfnUserPoolGroup(scope, `Group-${role}`, { userPoolId, groupName });
  }
  const own = (role: MemberRole) => [`${workspaceId}-${role}`];
  return {
    groupsClaim: GROUPS_CLAIMS.pool,
    groups: { member: own('member'), admin: own('admin'), auditor: own('auditor') },
  };
}
