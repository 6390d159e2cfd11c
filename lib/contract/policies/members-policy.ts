import type { PerMember } from '../monitoring';
import type { IdentityPolicy } from './identity-policy';

/** What the administration of members reads from `policy.json`. */
export interface MembersPolicy {
  readonly boundary: string;
  /** The id of the workspace. */
  readonly workspace: string;
  readonly identity: IdentityPolicy;
  /** Whether other workspaces use the user pool too. */
  readonly isShared: boolean;
  /** The origins whose pages may call the API from a browser. */
  readonly corsOrigins: readonly string[];
  /** None, unless use of single members is opened to auditors. */
  readonly perMember?: PerMember;
}
