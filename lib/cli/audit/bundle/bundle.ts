import type { Readable } from 'node:stream';

/** Files by the names that they have in the evidence bucket. */
export interface Bundle {
  /** Sorted. */
  readonly files: readonly string[];
  has(file: string): boolean;
  /**
   * The bytes of a file.
   *
   * @param most refused if it has more bytes
   * @throws Error if it can't be read
   */
  read(file: string, most: number): Buffer;
  /** The same for a file that may not fit in memory. */
  stream(file: string): Readable;
}

/** Names of the ledger, of CloudTrail and of a bundle. Others are refused, since a finding prints them. */
export const isFileName = (name: string): boolean =>
  /^[\w.:=@+-]+(\/[\w.:=@+-]+)*$/.test(name) && !name.split('/').includes('..');

/** Why a file is refused that has more bytes than any of its kind. */
export const tooLarge = (most: number): Error => new Error(`it has more than ${most} bytes`);
