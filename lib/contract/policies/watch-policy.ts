/** What the function that reports loosening reads from `policy.json`. */
export interface WatchPolicy {
  /** The names of the roles that deploy; `*` stands for any text. */
  readonly deployRoles: readonly string[];
  /** The name of the permissions boundary. */
  readonly boundaryPolicy: string;
  /** The names of the stacks and StackSets whose deletion is reported; `*` stands for any text. */
  readonly stacks: readonly string[];
  /** The names of the rules of EventBridge that send the reports. */
  readonly rules: readonly string[];
}
