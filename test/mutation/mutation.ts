/** A change of one file that breaks one promise. */
export interface Mutation {
  /** What goes wrong. */
  readonly name: string;
  readonly file: string;
  /** Occurs in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
  /** Test files with an assertion that must fail, if neither the guard nor AwsSolutions catches the mutation. */
  readonly tests: readonly string[];
}
