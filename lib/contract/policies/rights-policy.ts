import type { IdentityPolicy } from './identity-policy';

/** What the functions of rights read from `policy.json`. */
export interface RightsPolicy {
  readonly boundary: string;
  /** The id of the workspace. */
  readonly workspace: string;
  /** The tokens that are accepted, as the workspace's gateway accepts them. */
  readonly identity: IdentityPolicy;
  /** The origins whose pages may call the API from a browser. */
  readonly corsOrigins: readonly string[];
  /** Days from the request for a hand-over until it can be released. Absent in policies of version 0.1.0. */
  readonly handOverDays?: number;
  /** What an erasure waits for if another person than the user requests it. Absent in policies of version 0.1.0. */
  readonly erasureOfOthers?: ErasureOfOthers;
  /** The IDs of courses, in which the use of each member is counted; none if the workspace has none. */
  readonly courses?: readonly string[];
}

/** What an erasure waits for if another person than the user requests it: a second administrator, or some days. */
export type ErasureOfOthers = 'second-person' | 'delay';
