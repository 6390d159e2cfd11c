import type { FactLayer } from '../../facts/layers';
/** What the hook reads from `policy.json`. The form of the declarations is the guard's, which both sides import. */
export interface HookPolicy<Declarations extends object = object> {
  /** The boundary of each stack for which the owner declares no other. */
  readonly boundary: string;
  /** Every row newer than the package; none if the package's facts decide alone. */
  readonly facts?: readonly FactLayer[];
  /** What the owner declares, with stacks by their names. */
  readonly declarations: Declarations;
}
