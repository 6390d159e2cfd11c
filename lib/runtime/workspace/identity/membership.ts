import type { MemberRole } from '../../../contract/roles';
import type { TableKey } from '../../../contract/tables';

/** A role that an administrator gave or took away. */
export interface RecordedRole {
  /** When, in Unix milliseconds. */
  readonly at: number;
  readonly isCurrent: boolean;
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

/** The key of a member's row, in the table of suspensions. */
export const membershipKey = (member: string) =>
  ({ pk: { S: 'membership' }, sk: { S: member } }) satisfies TableKey<object>;
