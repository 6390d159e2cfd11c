/** What keeps somebody out of a workspace whose token is right. */
export interface Suspension {
  /** Whether an administrator of the workspace has disabled them. */
  readonly disabled: boolean;
  /** Whoever signed in up to then has to sign in again, in Unix seconds; none when nobody asked for it. */
  readonly signedOutAt?: number;
}

/** Who is kept out of a workspace. A token can't be taken back, and a pool that workspaces share knows of no single one. */
export interface Suspensions {
  /** What keeps a member out; nothing does where there is no record of them. */
  of(member: string): Promise<Suspension>;
}

/** The partition of the table of suspensions; the sort key is the member's id. */
export const SUSPENSIONS_PARTITION = 'member';
