import type { Refused } from '../../boundary/decision';

/** A place in a text that the boundary refuses. */
export interface PlaceMatch {
  /** The part of the text that names it. */
  readonly value: string;
  readonly decision: Refused;
  /** `code`: a Region or zone that may be part of a name; an ARN, a host or a profile always acts as such. */
  readonly kind: 'code' | 'other';
  /** Whether it is only part of the name of an IAM identity, which is in no Region. */
  readonly isIdentityName: boolean;
}
