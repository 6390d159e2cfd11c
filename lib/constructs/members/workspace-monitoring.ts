import type { Construct } from 'constructs';
import { LEAST_MINIMUM_GROUP, MOST_GROUPS } from '../../contract/monitoring';

/** The declaration that opens the use of single members to auditors. */
export interface PerMemberMonitoring {
  /** Why it is needed. */
  readonly reason: string;

  /** Who approved it. */
  readonly approver: string;

  /** The last day on which it applies, in UTC, such as `2027-01-31`. */
  readonly until: string;
}

/** What is shown about the use of a workspace. */
export interface WorkspaceMonitoring {
  /**
   * The fewest members of whose use together anything is shown, at least 5.
   *
   * @default 10
   */
  readonly minimumGroup?: number;

  /**
   * The groups of members by which use is shown, at most 100: groups of their tokens, or those of SCIM by name. A member counts in the first
   * one that they're in.
   *
   * @default - all members count together
   */
  readonly reportGroups?: string[];

  /**
   * Opens the use of single members to auditors until a day. Meanwhile, a header of each answer to members says so.
   *
   * @default - nothing shows what a single member did
   */
  readonly perMember?: PerMemberMonitoring;
}

/** @throws if the group is too small to protect its members, there are too many groups, or the last day isn't one */
export function requireMonitoring(scope: Construct, { minimumGroup, reportGroups, perMember }: WorkspaceMonitoring) {
  const { path } = scope.node;
  if (minimumGroup !== undefined && !(Number.isSafeInteger(minimumGroup) && minimumGroup >= LEAST_MINIMUM_GROUP)) {
    throw new Error(
      `${path}: 'minimumGroup' must be a whole number of at least ${LEAST_MINIMUM_GROUP} because fewer people who talk to each other know ` +
        `the others' use, got ${minimumGroup}; leave it out for 10`,
    );
  }
  if (reportGroups !== undefined && (reportGroups.length === 0 || reportGroups.length > MOST_GROUPS)) {
    throw new Error(
      `${path}: 'reportGroups' must name 1 to ${MOST_GROUPS} groups because what is shown of a month is one row, got ${reportGroups.length}; ` +
        'leave it out if all members count together',
    );
  }
  const { until } = perMember ?? { until: '2000-01-01' };
  if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until))) {
    throw new Error(
      `${path}: 'until' must be a day such as 2027-01-31 because the permission ends with it, got '${until}'; name the last day`,
    );
  }
}
