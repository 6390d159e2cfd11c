import type { StoredSecret } from '../../gateway/keys/key-record';
import type { MemberKeyUse } from '../../http/member';

/** The maximum number of keys of a member. One read of a lookup returns all of them. */
export const MAX_KEYS = 20;

/** A key of a member, as it is stored. */
export interface MemberKey extends MemberKeyUse, StoredSecret {
  /** Unix milliseconds, as is `ends`. */
  readonly createdAt: number;
  readonly ends: number;
  /** The only models that it may use; none if it may use all of the workspace's. */
  readonly models?: readonly string[];
  /** Its name and `provenText`, encrypted under the member's branch key. */
  readonly proof: Uint8Array;
}

/** What the tokens of a member with keys last said about them. A key has no token that could say it. */
export interface SignInState {
  /** The latest sign-in, in Unix seconds. */
  readonly signedInAt: number;
  /** When the newest token that changed this was issued, in Unix seconds. */
  readonly seenAt: number;
  /** Whether that token gave the role `member`. */
  readonly isMember: boolean;
  /** Which groups with budgets or courses that token named; none if it named none of them, or SCIM decides. */
  readonly groups?: readonly string[];
}

/** The keys of one member, in one row of their partition, which their erasure deletes. */
export interface KeysOfMember extends SignInState {
  readonly keys: ReadonlyMap<string, MemberKey>;
}
