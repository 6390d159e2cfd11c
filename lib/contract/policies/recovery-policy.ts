/** What the functions of recovery and of conversions read from `policy.json`. */
export interface RecoveryPolicy {
  readonly boundary: string;
  /** The id of the workspace. */
  readonly workspace: string;
}
