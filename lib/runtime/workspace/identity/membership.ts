import type { MemberRole } from '../../../contract/roles';

/** A role that an administrator gave or took away. */
export interface RecordedRole {
  /** When, in Unix milliseconds. */
  readonly at: number;
  readonly isHeld: boolean;
}

/** What is recorded of a member's roles. A role that isn't here hasn't changed since this is recorded. */
export interface Membership {
  readonly roles: Readonly<Partial<Record<MemberRole, RecordedRole>>>;
  /** The administrators who ever gave this member a role. */
  readonly givers: readonly string[];
}

/** The record of who gave a role to which member of a workspace, and when. */
export interface Memberships {
  /** What is recorded of a member; undefined if no role of theirs has changed since this is recorded. */
  of(member: string): Promise<Membership | undefined>;
}

/** The partition of these rows in the table of suspensions; the sort key is the member's id. */
export const MEMBERSHIPS_PARTITION = 'membership';
