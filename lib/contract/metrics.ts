/** The namespace of what a gateway counts. */
export const GATEWAY_NAMESPACE = 'EuResidency/Gateway';

/** The namespace of what the check of Bedrock's settings counts. */
export const CHECKS_NAMESPACE = 'EuResidency/Checks';

/** A metric of a check: how often it ran, or how many findings of one kind it had. */
export type CheckMetric =
  | 'checksRun'
  | 'retentionDrift'
  | 'loggingOn'
  | 'destinationsOutside'
  | 'destinationsDrifted'
  | 'regionsUnusable'
  | 'checksFailed';

/** The dimensions of a check's metrics. */
export interface CheckDimensions {
  /** The name of the function that checks. */
  readonly function: string;
}

/** The event of each residency record in the log of a gateway. */
export const RESIDENCY_EVENT = 'residency';

/** The reason of a request refused because no fresh check result proves that what would serve it retains nothing. */
export const UNVERIFIED = 'unverified';

/** What an alarm's filter reads from a residency record. */
export interface FilteredRecord {
  readonly event: typeof RESIDENCY_EVENT;
  readonly reason?: string;
}
