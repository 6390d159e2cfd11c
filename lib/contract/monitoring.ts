/** The fewest members of whose use together anything is shown, unless the deployment says otherwise. */
export const MINIMUM_GROUP = 10;

/** The fewest that a deployment may choose: below it, a few colleagues who talk to each other know the others' use. */
export const LEAST_MINIMUM_GROUP = 5;

/** The most groups by which use is shown: what is shown of a month is one row. */
export const MOST_GROUPS = 100;

/** The declaration that opens the use of single members to auditors. */
export interface PerMember {
  readonly reason: string;
  readonly approver: string;
  /** The last day on which it applies, in UTC, such as `2027-01-31`. */
  readonly until: string;
}

/** What is shown about the use of a workspace. */
export interface MonitoringPolicy {
  /** By default, 10. */
  readonly minimumGroup?: number;
  /** The groups by which use is shown. A member counts in the first one that they're in. */
  readonly groups?: readonly string[];
  /** None, unless use of single members is opened to auditors. */
  readonly perMember?: PerMember;
}

/** Whether the declaration applies at a time. */
export const isInForce = (perMember: Pick<PerMember, 'until'> | undefined, now: Date): boolean =>
  perMember !== undefined && now.toISOString().slice(0, 'YYYY-MM-DD'.length) <= perMember.until;

/** Says on each answer of a workspace that auditors see the use of single members. */
export const MONITORING_HEADER = 'x-residency-monitoring';
