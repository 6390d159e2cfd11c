import type { GroupsClaim, MemberRole } from '../roles';

/** The tokens that a workspace accepts. The pool and client are known only at deployment, so no policy names them. */
export interface IdentityPolicy {
  readonly groupsClaim: GroupsClaim;
  /** The groups that have each role. */
  readonly groups: Readonly<Record<MemberRole, readonly string[]>>;
}
