/** The permissions boundary that every role and user must have. */
export interface RequiredBoundary {
  /** The name of the managed policy, which is in each account. */
  readonly policyName: string;
  /**
   * The documents that the policy may have, so that no template gives the name to another; with none, no template may create it.
   *
   * @default - the guard doesn't know them
   */
  readonly documents?: readonly object[];
}
