import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ResidencyDeclarations } from '../../config/residency-declarations';

/** What a guarded app is checked against. */
export interface ResidencyGuardProps {
  /**
   * The places that count as inside the boundary.
   *
   * @default ResidencyBoundary.eu()
   */
  readonly boundary?: ResidencyBoundary;
  /**
   * Exceptions to rules, the places of your own hosts and buckets, and other boundaries for some stacks.
   *
   * @default ResidencyDeclarations.none()
   */
  readonly declarations?: ResidencyDeclarations;
  /**
   * File of findings that already existed, written by `eu-residency check --write-baseline`; only other findings block.
   *
   * @default - every finding blocks
   */
  readonly baseline?: string;
}
