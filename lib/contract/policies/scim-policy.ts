/** What the function of SCIM reads from `policy.json`. */
export interface ScimPolicy {
  readonly boundary: string;
  /** The id of the workspace. */
  readonly workspace: string;
}
