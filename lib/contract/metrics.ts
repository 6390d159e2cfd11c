/** The namespace of a gateway's metrics. */
export const GATEWAY_NAMESPACE = 'EuResidency/Gateway';

/** The namespace of the metrics of the check of Bedrock's settings. */
export const CHECKS_NAMESPACE = 'EuResidency/Checks';

/** The metrics of a check: how often it ran, and how many findings of each kind it had. Each check sends all of them. */
export const CHECK_METRICS = [
  'checksRun',
  'retentionDrift',
  'loggingOn',
  'destinationsOutside',
  'destinationsDrifted',
  'admittedDiffer',
  'admittedExpired',
  'regionsUnusable',
  'modelsLegacy',
  'modelsEnded',
  'lifecyclesUnread',
  'admittedExpiring',
  'checksFailed',
  'factsOld',
] as const;

/** A metric of a check. */
export type CheckMetric = (typeof CHECK_METRICS)[number];

/** The dimensions of a check's metrics. */
export interface CheckDimensions {
  /** The name of the function that checks. */
  readonly function: string;
}

/** The event of each residency record in the log of a gateway. */
export const RESIDENCY_EVENT = 'residency';

/** The reason for refusing a request if no recent check confirms that its destinations retain nothing. */
export const UNVERIFIED = 'unverified';

/** The fields of a residency record that an alarm's filter reads. */
export interface FilteredRecord {
  readonly event: typeof RESIDENCY_EVENT;
  readonly reason?: string;
}
