/** What the functions of recovery read from `policy.json`. */
export interface RecoveryPolicy {
  readonly boundary: string;
  /** The id of the workspace. */
  readonly workspace: string;
}
