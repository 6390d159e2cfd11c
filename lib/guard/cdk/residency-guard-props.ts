import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ResidencyDeclarations } from '../../config/residency-declarations';

/** What a guarded app is checked against. */
export interface ResidencyGuardProps {
  /**
   * The places that count as inside the boundary.
   *
   * @default - that of `config`; without one, ResidencyBoundary.eu()
   */
  readonly boundary?: ResidencyBoundary;
  /**
   * Exceptions to rules, the places of your own hosts and buckets, and other boundaries for some stacks.
   *
   * @default ResidencyDeclarations.none()
   */
  readonly declarations?: ResidencyDeclarations;
  /**
   * A `residency.yaml`, for its boundary, its declarations, and the facts next to it, such as models that its owner admitted. It
   * replaces `boundary`; `declarations` are added to its own.
   *
   * @default - no file is read
   */
  readonly config?: string;
  /**
   * File of findings that already existed, written by `eu-residency check --write-baseline`; only other findings block.
   *
   * @default - every finding blocks
   */
  readonly baseline?: string;
}
