import type { MemberRole } from '../../contract/roles';

/** The user of a workspace who makes a request, from a verified token. */
export interface Member {
  /** A pseudonym that stays the same while the user is in the workspace. Their stored content is theirs by it. */
  readonly id: string;
  /** The role in which the user acts; none where a valid token is enough. */
  readonly role?: MemberRole;
  /** Those of the user's groups by which a deployment counts; absent if it counts by none. */
  readonly groups?: readonly string[];
}
