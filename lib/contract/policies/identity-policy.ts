import type { GroupsClaim, MemberRole } from '../roles';

/** The tokens that a workspace accepts. The pool and client are known only at deployment, so no policy names them. */
export interface IdentityPolicy {
  readonly groupsClaim: GroupsClaim;
  /** Whether members and their groups are those of the directory that SCIM writes. The token's claim isn't read then. */
  readonly scim?: true;
  /** The groups that have each role; with SCIM, by their `displayName` or `externalId`. */
  readonly groups: Readonly<Record<MemberRole, readonly string[]>>;
}
