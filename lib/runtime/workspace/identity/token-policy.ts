import type { IdentityPolicy } from '../../../contract/policies/identity-policy';

/** Whose tokens a workspace takes, and what they let somebody do. */
export interface TokenPolicy extends IdentityPolicy {
  /** The `iss` of its tokens, and what the key set is kept under. */
  readonly issuer: string;
  /** The workspace's own client, which its tokens are made out to. */
  readonly clientId: string;
}
