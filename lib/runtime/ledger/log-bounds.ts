/** The most of the logs that is read for an hour: `lines` and their `characters` by the function's memory, `time` in milliseconds. */
export type LogBounds = Readonly<Record<'lines' | 'characters' | 'time', number>>;

/** A line needs about 11 KB of memory. A run may have to read an hour twice, and has 15 minutes. */
export const BOUNDS: LogBounds = { lines: 150_000, characters: 200_000_000, time: 150_000 };

/** A log group whose lines aren't read, because there are more than the bounds. */
export interface LogOverflow {
  readonly logGroup: string;
  readonly reason: keyof LogBounds;
  /** The lines that were read before the reading was stopped. */
  readonly read: number;
}
