/** The namespace of a gateway's metrics. */
export const GATEWAY_NAMESPACE = 'EuResidency/Gateway';

/** The dimensions of a gateway's metrics: all have the tenant, tokens the model too. Refusals and failures are also counted by reason. */
export const GATEWAY_DIMENSIONS = {
  tenant: ['tenant'],
  tokens: ['tenant', 'model'],
  reasons: ['reason'],
} as const;

/** What each request sends, with the tenant as dimension. */
export const REQUEST_COUNTS = ['requests', 'refusals', 'failures'] as const;
export const REQUEST_TIMES = ['latency', 'firstByte'] as const;

/** What a request sends only if there is something to count, so that CloudWatch bills it only in such hours. */
export const EVENT_COUNTS = ['attemptsFailed', 'interventions', 'storeErrors', 'unreadable', 'budgetWarnings'] as const;

/** How many providers and models are out of use, by the name of the table of provider states. */
export const PROVIDERS_OUT = 'providersOut';

/** The jobs of a workspace that a user or another administrator can still cancel, at their request. */
export const NOTICES = 'rightsNotices';

/** The jobs of a workspace that waited for so long that a worker must have crashed. */
export const STUCK_JOBS = 'jobsStuck';

/** The age of the oldest check result that a project is served by, in seconds. */
export const CHECK_AGE = 'checkAge';

/** What a request to a model sends, with the tenant and the model as dimensions; those of caches only if there are any. */
export const TOKEN_COUNTS = ['promptTokens', 'completionTokens', 'cachedTokens', 'cacheWriteTokens'] as const;

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

/** The namespace of the metrics of the ledger of requests. */
export const LEDGER_NAMESPACE = 'EuResidency/Ledger';

/** What a run of the ledger counts: hours that it closed, numbers without a record, lines that can't be leaves, and other histories. */
export const LEDGER_METRICS = ['hoursClosed', 'recordGaps', 'recordsRefused', 'ledgerForks'] as const;

/** A metric of the ledger. */
export type LedgerMetric = (typeof LEDGER_METRICS)[number];

/** The dimensions of the ledger's metrics. */
export interface LedgerDimensions {
  /** The name of the function that writes the ledger. */
  readonly function: string;
}

/** The namespace of the metrics of what an egress stops or can't send. */
export const EGRESS_NAMESPACE = 'EuResidency/Egress';

/** The event of each residency record in the log of a gateway. */
export const RESIDENCY_EVENT = 'residency';

/** The tenant in the record of a request without a valid key or token. */
export const UNAUTHENTICATED = 'unauthenticated';

/** The reason for refusing a request if no recent check confirms that its destinations retain nothing. */
export const UNVERIFIED = 'unverified';

/** The reason for failing a request whose stored content doesn't decrypt. */
export const UNREADABLE = 'content_unreadable';

/** The reasons for failing a request because a table, a bucket or a key doesn't answer. */
export const STORE_FAILURES: readonly string[] = ['content_unavailable', 'keys_unavailable', 'limits_unavailable'];

/** The fields of a residency record that an alarm's filter reads. */
export interface FilteredRecord {
  readonly event: typeof RESIDENCY_EVENT;
  readonly reason?: string;
}
