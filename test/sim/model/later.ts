import type { Entry, Thing } from './things';

/** A response that was asked for in the background. */
export interface Later {
  readonly id: string;
  /** The conversation that it belongs to. */
  readonly thing: Thing;
  readonly entry: Entry;
  /** In Unix milliseconds. */
  readonly sentAt: number;
  /** Whether the user tried to cancel it. */
  isCancelled: boolean;
}
