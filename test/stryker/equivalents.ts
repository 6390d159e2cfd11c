import listed from './equivalents.json';

/** A mutant that no test can notice, because the program does the same. */
export interface Equivalent {
  readonly file: string;
  /** A part of the line that tells it apart. */
  readonly line: string;
  /** The changed code, as Stryker reports it. */
  readonly code: string;
  readonly replacement: string;
  readonly reason: string;
}

export const EQUIVALENTS: readonly Equivalent[] = listed;
