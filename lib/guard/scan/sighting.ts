import type { Refused } from '../../boundary/decision';

/** A place that a text names and that the boundary refuses. */
export interface Sighting {
  /** The part of the text that names it. */
  readonly value: string;
  readonly decision: Refused;
  /** A Region or zone that is spelled out in a name; an ARN, a host or a profile is used as what it is. */
  readonly kind: 'code' | 'other';
  /** Whether it only stands in the name of an IAM identity, which is in no Region. */
  readonly isLabel: boolean;
}
