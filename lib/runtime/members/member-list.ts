import type { MemberRole } from '../../contract/roles';

/** Somebody who has a role in a workspace, as an administrator sees them. */
export interface ListedMember {
  /** The `sub` of their tokens, by which everything of theirs is kept. */
  readonly id: string;
  /** What they sign in as; of an identity provider's users, what it calls them. */
  readonly name: string;
  readonly roles: readonly MemberRole[];
  /** Whether the user pool lets them sign in. */
  readonly enabled: boolean;
  /** Whether they were added and have not signed in yet. */
  readonly invited: boolean;
  readonly created: Date;
}

export interface MemberPage {
  readonly members: readonly ListedMember[];
  /** Where the next page begins; none after the last one. */
  readonly next?: string;
}

/** With what somebody who is new signs in at first. It is told once, and kept nowhere. */
export interface FirstSecret {
  readonly kind: 'temporary_password' | 'development_token';
  readonly value: string;
}

/** The members of one workspace: nobody of another one that comes in by the same user pool is found, told of, or changed. */
export interface MemberList {
  /**
   * Some of the members, each once.
   *
   * @param after where a page before ended
   * @throws UnknownCursor when it is none
   */
  page(limit: number, after?: string): Promise<MemberPage>;
  /** A member; none if there is no such, or they have no role here. */
  find(id: string): Promise<ListedMember | undefined>;
  /**
   * Gives somebody roles by their name.
   *
   * @returns none if there is nobody of that name, and nobody may be made here
   * @throws ManagedElsewhere where who comes in is decided elsewhere
   */
  add(name: string, roles: readonly MemberRole[]): Promise<{ member: ListedMember; secret?: FirstSecret } | undefined>;
  /** @throws ManagedElsewhere where roles are decided elsewhere */
  setRoles(member: ListedMember, roles: readonly MemberRole[]): Promise<void>;
  /** @throws ManagedElsewhere where who comes in is decided elsewhere */
  remove(member: ListedMember): Promise<void>;
  /** Signs a member in where there is no page on which they could do so themselves. */
  signIn?(member: ListedMember): Promise<FirstSecret>;
}

/** The way into a user pool of the workspace alone. Of a pool that others share it is nobody's here to close. */
export interface Door {
  disable(member: ListedMember): Promise<void>;
  enable(member: ListedMember): Promise<void>;
  /** Takes back what their sign-ins could be prolonged by. */
  signOut(member: ListedMember): Promise<void>;
}

/** A pool's door that is left as it is: the workspace's own record keeps somebody out. */
export const NO_DOOR: Door = {
  disable: async () => {},
  enable: async () => {},
  signOut: async () => {},
};

/** What isn't decided in the workspace; its message says where it is. */
export class ManagedElsewhere extends Error {
  public override readonly name = 'ManagedElsewhere';
}

/** No page ended there. */
export class UnknownCursor extends Error {
  public override readonly name = 'UnknownCursor';
}
