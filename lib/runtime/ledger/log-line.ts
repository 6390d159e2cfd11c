/** A line of a gateway's log, and when it was written, in milliseconds since 1970. */
export interface LogLine {
  readonly message: string;
  readonly at: number;
}
