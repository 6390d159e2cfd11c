import type { MemberRole } from '../../http/member';

/** Whose tokens a workspace takes, and what they let somebody do. */
export interface TokenPolicy {
  /** The `iss` of its tokens, and what the key set is kept under. */
  readonly issuer: string;
  /** The workspace's own client, which its tokens are made out to. */
  readonly clientId: string;
  /**
   * Where a token says which groups its bearer is in: the user pool's own ones, or those of the organisation's identity
   * provider. The other is not looked at.
   */
  readonly groupsClaim: 'cognito:groups' | 'custom:groups';
  /** Which groups have which role. */
  readonly groups: Readonly<Record<MemberRole, readonly string[]>>;
}
