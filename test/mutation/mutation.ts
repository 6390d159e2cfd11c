/** One broken promise, as a change of one file. */
export interface Mutation {
  /** What is no longer true. */
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
  /** Test files with an assertion that must fail, where neither the guard nor AwsSolutions sees it. */
  readonly tests: readonly string[];
}
