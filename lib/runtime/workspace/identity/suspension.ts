/** What blocks a member whose token is valid. */
export interface Suspension {
  /** Whether an administrator of the workspace has disabled them. */
  readonly disabled: boolean;
  /** Sessions that began up to this time, in Unix seconds, have ended. Undefined if no sign-out was requested. */
  readonly signedOutAt?: number;
}

/** The blocked members of a workspace. A token can't be revoked, and a shared pool doesn't distinguish workspaces. */
export interface Suspensions {
  /** The suspension of a member; without a record, nothing blocks them. */
  of(member: string): Promise<Suspension>;
}

/** The partition of the table of suspensions; the sort key is the member's id. */
export const SUSPENSIONS_PARTITION = 'member';
