import type { AdmittedFindingKind } from './admitted';

/** The kinds of findings; a closed set. */
export type FindingKind =
  | 'retention-drift'
  | 'logging-on'
  | 'destination-outside'
  /** The facts and Bedrock differ, but both stay inside the boundary. */
  | 'destination-drift'
  /** An opt-in Region that isn't enabled: no project uses a destination that may reach it. */
  | 'unusable'
  /** Bedrock or the facts say that a model is closed to new customers or ends soon. */
  | 'model-legacy'
  /** A model is no longer served. */
  | 'model-ended'
  /** No Region says how long a model is served. */
  | 'lifecycle-unread'
  | AdmittedFindingKind
  | 'check-failed'
  /** The facts release is due for renewal, or has expired. Its rows keep deciding. */
  | 'facts-old';

export interface CheckFinding {
  readonly kind: FindingKind;
  /** None if the finding is about no Region. */
  readonly region?: string;
  /** The profile or model, if the finding is about one. */
  readonly profile?: string;
  readonly text: string;
}
