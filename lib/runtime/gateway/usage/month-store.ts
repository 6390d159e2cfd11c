import type { Month } from '../limits/calendar-month';
import type { Block, GroupOfMonth } from './released';

/** What one request used. */
export interface UsedByMember {
  readonly member: string;
  /** The group that the member is in now; null for none. */
  readonly group: string | null;
  readonly model: string;
  readonly tokens: number;
}

/** How a request counts for the group of its member. */
export interface CountedUse {
  /** The member's group for the whole month: the one of their first request in it. */
  readonly group: string | null;
  readonly model: string;
  readonly tokens: number;
  /** Whether the member used nothing before in this month. */
  readonly isFirst: boolean;
  /** Whether the member didn't use the model before in this month. */
  readonly isFirstOfModel: boolean;
}

/** The counts of a workspace by month. A call isn't repeated by the store, because a repetition would count twice. */
export interface MonthStore {
  /** Counts for the member. */
  addToMember(month: Month, used: UsedByMember): Promise<CountedUse>;
  /** Counts for the member's group. */
  addToGroup(month: Month, used: CountedUse): Promise<void>;
  /** What the groups used in a month, each as it was counted. */
  groups(month: Month): Promise<readonly GroupOfMonth[]>;
  /** Whether the month's blocks are stored. */
  isReleased(month: Month): Promise<boolean>;
  /** Stores the blocks of a month, unless it has them: two divisions of one month could be compared. */
  release(month: Month, blocks: readonly Block[]): Promise<void>;
}
