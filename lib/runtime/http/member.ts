/** What somebody may do in a workspace; each role alone, no role holds another's rights. */
export const MEMBER_ROLES = ['member', 'admin', 'auditor'] as const;

export type MemberRole = (typeof MEMBER_ROLES)[number];

/** Who makes a request of a workspace, by a token that was checked. */
export interface Member {
  /** The same for as long as they are in the workspace, and no name: what they store is theirs by it. */
  readonly id: string;
  readonly role: MemberRole;
}
