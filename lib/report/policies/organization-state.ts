/** A policy of an organization. */
export interface FoundPolicy {
  readonly id: string;
  readonly name: string;
  /** Such as `SERVICE_CONTROL_POLICY`. */
  readonly type: string;
  readonly content: string;
  /** The IDs of what it is attached to. */
  readonly targets: readonly string[];
}

/** What an organization has, as far as it was read. */
export interface OrganizationState {
  readonly policies: readonly FoundPolicy[];
  /** The types of policies that are enabled in the root. */
  readonly enabledTypes: readonly string[];
  /** Its ID and management account; none if its root didn't state them. */
  readonly organization?: { readonly id: string; readonly managementAccount: string };
  /** The target and everything above it, from the target to the root; none if no target was asked for. */
  readonly path?: readonly string[];
  /** The boundary of the caller's account. */
  readonly boundary?: FoundBoundary;
}

/** A permissions boundary in an account. */
export interface FoundBoundary {
  readonly account: string;
  readonly name: string;
  /** None if the account has no policy of that name. */
  readonly content?: string;
}
