import type { MemberRole } from '../../contract/roles';

/** A user with a role in a workspace, as shown to administrators. */
export interface ListedMember {
  /** The `sub` of their tokens, under which all their content is stored. */
  readonly id: string;
  /** The name with which they sign in, or the name that an identity provider gives them. */
  readonly name: string;
  readonly roles: readonly MemberRole[];
  /** Whether they can sign in to the user pool. */
  readonly enabled: boolean;
  /** Whether they were added and have not signed in yet. */
  readonly invited: boolean;
  readonly created: Date;
}

export interface MemberPage {
  readonly members: readonly ListedMember[];
  /** The start of the next page; absent for the last page. */
  readonly next?: string;
}

/** The secret for a new user's first sign-in. It is returned once, and stored nowhere. */
export interface FirstSecret {
  readonly kind: 'temporary_password' | 'development_token';
  readonly value: string;
}

/** Records that a user is about to be given roles. */
export type RecordGiven = (member: string, given: readonly MemberRole[]) => Promise<void>;

/** The members of one workspace. Members of another workspace in the same user pool are never found, listed or changed. */
export interface MemberList {
  /**
   * One page of the members. Each member is on one page.
   *
   * @param after the end of an earlier page
   * @throws UnknownCursor if it isn't the end of a page
   */
  page(limit: number, after?: string): Promise<MemberPage>;
  /** A member; undefined if there is no such user, or the user has no role here. */
  find(id: string): Promise<ListedMember | undefined>;
  /**
   * Gives roles to the user with a name, and creates the user if that is permitted here.
   *
   * @param record records the roles that the user doesn't have yet, before they are given; if it fails, none is given
   * @returns undefined if there is no such user, and none may be created here
   * @throws ManagedElsewhere if membership is managed elsewhere
   */
  add(
    name: string,
    roles: readonly MemberRole[],
    record: RecordGiven,
  ): Promise<{ member: ListedMember; secret?: FirstSecret } | undefined>;
  /**
   * @param record records the change before it is made; if it fails, nothing changes
   * @throws ManagedElsewhere if roles are managed elsewhere
   */
  setRoles(member: ListedMember, roles: readonly MemberRole[], record: () => Promise<void>): Promise<void>;
  /**
   * @param record records the change before it is made; if it fails, nothing changes
   * @throws ManagedElsewhere if membership is managed elsewhere
   */
  remove(member: ListedMember, record: () => Promise<void>): Promise<void>;
}

/** Controls sign-in and sessions in a user pool that belongs to one workspace. In a shared pool, no workspace may control them. */
export interface SessionControl {
  disable(member: ListedMember): Promise<void>;
  enable(member: ListedMember): Promise<void>;
  /** Revokes their refresh tokens. */
  signOut(member: ListedMember): Promise<void>;
}

/** Changes nothing in a shared pool: only the workspace's own record blocks a member. */
export const NO_SESSION_CONTROL: SessionControl = {
  disable: async () => {},
  enable: async () => {},
  signOut: async () => {},
};

/** The change isn't possible in the workspace; the message says where to make it. */
export class ManagedElsewhere extends Error {
  public override readonly name = 'ManagedElsewhere';
}

/** The given position isn't the end of a page. */
export class UnknownCursor extends Error {
  public override readonly name = 'UnknownCursor';
}
