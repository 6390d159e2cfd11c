/** A change of a statement after which every request has the same verdict, and why. */
export interface Equivalent {
  readonly change: RegExp;
  readonly reason: string;
}

/** Changes that no request can show. */
export const EQUIVALENT: readonly Equivalent[] = [];
