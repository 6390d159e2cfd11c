/** What the function that sets the retention mode returns to CloudFormation. */
export interface RetentionAttributes {
  /** The Regions that no project can be served from, and why; `none` if there are none. */
  readonly Unusable: string;
}

/** What the function that checks destinations returns to CloudFormation. */
export interface CheckAttributes extends RetentionAttributes {
  /** How Bedrock differs from the facts without leaving the boundary; `none` if it doesn't. */
  readonly Drift: string;
}
