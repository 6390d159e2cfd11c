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
  /**
   * The share of the turns that are answered in the background, from 0 to 1, in workspaces with `background`.
   *
   * @default 0
   */
  readonly background?: number;
  /**
   * Office files that each active member uploads in the month, to workspaces with `officeFiles`.
   *
   * @default 0
   */
  readonly officeFiles?: number;
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

/** The groups of each member by SCIM, beyond the one that gives their role. */
const FURTHER_GROUPS = 20;

/** What SCIM needs. A read takes one unit for each row, also for one that doesn't exist. */
export const SCIM = {
  /** The groups of each member, beyond the one that gives their role. */
  furtherGroups: FURTHER_GROUPS,
  /**
   * The decision on a member, by a gateway or a worker: three reads of several rows and a query. With one group for each role, the first read
   * has the user's external ID, the member's link and two names of each group, and the second the user, the groups and the memberships. The query
   * lists the member's groups, of which the third reads those that aren't read yet. A test counts it.
   */
  decision: { reads: 2 + 3 * 2 + (1 + 3 * 2) + 1 + FURTHER_GROUPS, writes: 0, calls: 4 },
  /** Changes of each member in a month, by which the identity system creates, moves or disables them. */
  changes: 1,
  /** A user with two unique values and a membership of two rows, each in a transaction, which takes two units. */
  change: { reads: 10, writes: 2 * (3 + 2), calls: 8 },
  seconds: 1,
  /** All rows of a member. */
  bytes: 2_048,
} as const;

/** What a job in the background needs more than a turn, whose function waits in the worker. A test counts its calls and its writes. */
export const BACKGROUND = {
  job: { reads: 16, writes: 11, calls: 18 },
  /** Requests of the client that read the answer, of a second each. */
  requests: 2,
} as const;

/** What the conversion of an office file needs. */
export const CONVERSION = {
  /** In addition to its upload, with one read of its state. A test counts it. */
  file: { reads: 3, writes: 6, calls: 9 },
  seconds: 10,
} as const;

/** What a request to a provider outside AWS needs, besides the data itself. */
export const EGRESS = {
  /** Queries of DNS, of which each name that an answer refers to counts too. */
  queries: 3,
  /** A process reads a key at most once a minute; it is counted for every request. */
  keyReads: 1,
  /** Bytes of the function's record, of the firewall's flow and of the queries. */
  logBytes: 4_096,
} as const;

/** Storage is counted as it is after this many months, or after the retention period if that is shorter. */
export const STORED_MONTHS = 12;

export const GB = 1_073_741_824;

/** The days of an average month. */
export const MONTH_DAYS = 365 / 12;
