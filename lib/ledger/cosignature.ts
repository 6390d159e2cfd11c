/**
 * What a cosigner signs (c2sp.org/tlog-cosignature): of all checkpoints of this log that it saw, this is the largest, and all are
 * consistent.
 *
 * @param text of the checkpoint
 * @param time in seconds since 1970
 */
export const cosignedMessage = (text: string, time: number): string => `cosignature/v1\ntime ${time}\n${text}`;

const TIME_BYTES = 8;

/** A cosignature with its time before it, as the note has them. */
export function withTime(signature: Buffer, time: number): Buffer {
  const seconds = Buffer.alloc(TIME_BYTES);
  seconds.writeBigUInt64BE(BigInt(time));
  return Buffer.concat([seconds, signature]);
}

/** The time of a cosignature, in seconds since 1970; undefined if it can't be a time. */
export function timeOf(bytes: Buffer): number | undefined {
  if (bytes.length < TIME_BYTES) return undefined;
  const time = Number(bytes.readBigUInt64BE());
  return Number.isSafeInteger(time) ? time : undefined;
}
