/** What the function that fetches signing keys reads from `policy.json`. */
export interface KeySetsPolicy {
  readonly boundary: string;
}
