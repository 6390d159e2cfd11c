import type { Entry, Thing } from './things';

/** A batch whose results its user hasn't read. */
export interface ModelBatch {
  readonly id: string;
  /** Its input file. */
  readonly file: Thing;
  readonly lines: readonly Entry[];
  /** In Unix milliseconds. */
  readonly sentAt: number;
  /** Whether the user tried to cancel it. */
  isCancelled: boolean;
}

/** The name of a line, by its place in the file. */
export const customId = (index: number): string => `line-${index}`;
