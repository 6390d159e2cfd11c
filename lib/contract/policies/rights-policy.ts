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
}
