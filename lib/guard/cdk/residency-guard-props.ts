import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ResidencyDeclarations } from '../../config/residency-declarations';

/** What a guarded app is judged by. */
export interface ResidencyGuardProps {
  /**
   * The places that count as inside.
   *
   * @default ResidencyBoundary.eu()
   */
  readonly boundary?: ResidencyBoundary;
  /**
   * What may be in spite of a rule, where your own hosts and buckets are, and other boundaries for some stacks.
   *
   * @default ResidencyDeclarations.none()
   */
  readonly declarations?: ResidencyDeclarations;
  /**
   * File of the findings that were there already, written by `eu-residency check --write-baseline`; only others block.
   *
   * @default - every finding blocks
   */
  readonly baseline?: string;
}
