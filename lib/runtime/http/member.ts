import type { MemberRole } from '../../contract/roles';

/** Who makes a request of a workspace, by a token that was checked. */
export interface Member {
  /** The same for as long as they are in the workspace, and no name: what they store is theirs by it. */
  readonly id: string;
  readonly role: MemberRole;
}
