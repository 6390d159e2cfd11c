/** How a deployment is used in a month: what the command line says, or its defaults. */
export interface AssumedUse {
  /** The members of each workspace. */
  readonly members: number;
  /** The share of them who use it in the month, from 0 to 1. */
  readonly active: number;
  /** The turns of each active member in the month. */
  readonly turns: number;
  /** The requests to all projects in the month. */
  readonly requests: number;
  /** Tokens of a turn's or a request's input, the history included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The share of the input that the model's cache holds from earlier turns, from 0 to 1. The rest is new. */
  readonly cached: number;
  /** Files of each member, in GB. */
  readonly files: number;
}

/** What one turn or request needs besides the model. Only `contentCalls` is measured; the others are rounded up. */
export const TURN = {
  /** Seconds until the answer is complete, for which the function runs. */
  seconds: 10,
  /** Calls of a stored turn to its table of content. */
  contentCalls: 4,
  /** Further calls: two counts of tokens, the suspension of the member and the member's key. */
  furtherCalls: 4,
  /** Writes of the link of a record to its member: the row, and its entry in the index. One call makes both. */
  linkWrites: 2,
  /** Writes of the use by month: for the member, and for their group. Each is a call. */
  monthWrites: 2,
  /** Writes of the use of a project by month, for its usage and budget. It is a call. */
  projectMonthWrites: 1,
  /** Bytes of a token as text, encrypted. */
  bytesOfToken: 5,
  /** The segment that a stored turn is added to is written again; on average, it is half full. */
  segmentBytes: 8_192,
  /** Requests to KMS: data keys of members are cached. */
  keyRequests: 1,
  /** Bytes of the request's records in all logs. */
  logBytes: 4_096,
  /** Bytes of a token in a streamed answer. */
  streamedBytesOfToken: 300,
} as const;

/** Storage is counted as it is after this many months, or after the retention period if that is shorter. */
export const STORED_MONTHS = 12;

export const GB = 1_073_741_824;

/** The days of an average month. */
export const MONTH_DAYS = 365 / 12;
