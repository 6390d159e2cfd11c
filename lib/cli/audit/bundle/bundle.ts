import type { Readable } from 'node:stream';

/** Files by the names that they have in the evidence bucket. */
export interface Bundle {
  /** Sorted. */
  readonly files: readonly string[];
  has(file: string): boolean;
  stream(file: string): Readable;
}

/** Names of the ledger, of CloudTrail and of a bundle. Others are refused, since a finding prints them. */
export const isFileName = (name: string): boolean =>
  /^[\w.:=@+-]+(\/[\w.:=@+-]+)*$/.test(name) && !name.split('/').includes('..');

/**
 * The bytes of a file.
 *
 * @param most refused if it has more bytes
 * @throws Error if it can't be read
 */
export async function bytesOf(stream: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > most) throw new Error(`it has more than ${most} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
