import type { ContentTable } from '../../workspace/store/table';
import type { UserStatuses } from '../../workspace/store/user-status';
import type { JobStore } from '../jobs/job-store';
import type { RightsRules } from '../jobs/rules';
import type { Hold, Holds } from '../store/holds';
import type { RoleSources } from './role-history';

/** What decisions read and write: jobs, holds and the status of users, and no content. */
export interface DecisionContext {
  readonly table: ContentTable;
  readonly jobs: JobStore;
  readonly holds: Holds;
  readonly statuses: UserStatuses;
  readonly retentionDays?: number;
  readonly rules: RightsRules;
  /** Where the roles of people are recorded; undefined in a function that makes no decision for which it matters. */
  readonly roles?: RoleSources;
  readonly now: () => Date;
}

/** The message of a refusal because of holds. */
export const heldMessage = (holds: readonly Hold[]): string =>
  `nothing is erased while it is on hold: ${holds
    .map(({ id, by, at, reason }) => `${id} by ${by} of ${new Date(at).toISOString().slice(0, 10)}, ${reason}`)
    .join('; ')}; release it first`;
