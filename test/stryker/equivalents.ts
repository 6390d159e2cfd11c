/** A mutant that no test can notice, because the program does the same. */
export interface Equivalent {
  readonly file: string;
  /** The changed code, as far as it tells the place apart within the file. */
  readonly code: string;
  readonly replacement: string;
  readonly reason: string;
}

export const EQUIVALENTS: readonly Equivalent[] = [];
