import type { IdentityPolicy } from '../../../contract/policies/identity-policy';

/** The tokens that a workspace accepts, and the roles that they give. */
export interface TokenPolicy extends IdentityPolicy {
  /** The `iss` of its tokens, and the key under which the key set is stored. */
  readonly issuer: string;
  /** The workspace's own client, the audience of its tokens. */
  readonly clientId: string;
}
