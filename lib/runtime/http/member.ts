import type { MemberRole } from '../../contract/roles';

/** A key by which a user of a workspace authenticates instead of a token. */
export interface MemberKeyUse {
  /** Its ID, unique among the member's keys. */
  readonly id: string;
  /** The only models that it may use; none if it may use all of the workspace's. */
  readonly models?: readonly string[];
  readonly requestsPerMinute?: number;
  readonly tokensPerDay?: number;
  /** Its caps for a calendar month in UTC. */
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
  /** The ID of the course that it charges; none if it charges its member. */
  readonly course?: string;
}

/** The user of a workspace who makes a request, from a verified token or the key of one. */
export interface Member {
  /** A pseudonym that stays the same while the user is in the workspace. Their stored content is theirs by it. */
  readonly id: string;
  /** The role in which the user acts; none where a valid token is enough. */
  readonly role?: MemberRole;
  /** When they signed in, in Unix seconds, and when their token was issued; none with a key. */
  readonly signIn?: { readonly signedInAt: number; readonly issuedAt: number };
  /** The key by which they authenticated; none with a token. */
  readonly key?: MemberKeyUse;
  /**
   * The names of the groups that they are in: by SCIM where it decides on members, or else by their token.
   *
   * @default - not known: without SCIM, a key names none, and neither does a request that runs in the background
   */
  readonly groups?: readonly string[];
  /**
   * Of the groups that have budgets or courses, those of the member: what their newest token named, for a key or a job that a token can't
   * accompany. Only budgets and courses go by it.
   */
  readonly budgetGroups?: readonly string[];
  /** Present if the request runs after the one in which the user authenticated. */
  readonly inBackground?: true;
}

/** How a member sent a job that runs after their request. */
export interface SentBy {
  /** The ID of their key; none with a token. */
  readonly key?: string;
  /** As `budgetGroups` of the member. */
  readonly groups?: readonly string[];
}

/** The groups of a member by which budgets and courses go. */
export const budgetGroupsOf = ({ groups, budgetGroups }: Member): readonly string[] => budgetGroups ?? groups ?? [];
