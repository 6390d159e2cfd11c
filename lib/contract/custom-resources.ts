/** The attributes that the function that sets the retention mode returns to CloudFormation. */
export interface RetentionAttributes {
  /** The Regions that no project can be served from, and why; `none` if there are none. */
  readonly Unusable: string;
}

/** The attributes that the function that checks destinations returns to CloudFormation. */
export interface CheckAttributes extends RetentionAttributes {
  /** The differences between Bedrock and the facts that stay inside the boundary; `none` if there are none. */
  readonly Drift: string;
}
