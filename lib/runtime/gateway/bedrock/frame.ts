import { crc32 } from 'node:zlib';

/** What the headers of a frame say. */
export interface FrameHeaders {
  /** `event`, `exception` or `error`. */
  readonly kind: string;
  /** The name of the event, the exception or the error. */
  readonly type: string;
}

/** The bytes before the headers: two lengths and their checksum; and after the payload: the checksum of all. */
export const [PRELUDE, CHECKSUM] = [12, 4];

/** The minimum size of a frame, and a size that no frame exceeds. */
const [MIN_FRAME, MAX_FRAME] = [16, 32 * 2 ** 20];

/** The sizes of header values by their type: true, false, byte, short, int, long, bytes, text, time, UUID. */
const SIZES: readonly (number | 'counted')[] = [0, 0, 1, 2, 4, 8, 'counted', 'counted', 8, 16];
const TEXT = 7;

/** The size of the frame at a place; undefined until all of it has arrived. */
export function frameSize(bytes: Buffer, start: number): number | undefined {
  if (bytes.length - start < 4) return undefined;
  const size = bytes.readUInt32BE(start);
  if (size < MIN_FRAME || size > MAX_FRAME) throw new Error("the stream doesn't consist of events");
  return size <= bytes.length - start ? size : undefined;
}

/**
 * The place of a frame's payload, which its headers precede.
 *
 * @param frame one whole frame of at least the smallest size
 * @throws if a checksum or a length is wrong
 */
export function payloadStart(frame: Buffer): number {
  const end = frame.length - CHECKSUM;
  const start = PRELUDE + frame.readUInt32BE(4);
  const prelude = crc32(frame.subarray(0, 8));
  const isWhole =
    start <= end &&
    prelude === frame.readUInt32BE(8) &&
    crc32(frame.subarray(8, end), prelude) === frame.readUInt32BE(end);
  if (!isWhole) throw new Error('an event was changed on its way');
  return start;
}

/**
 * Reads the headers of a frame. Names and values that don't matter are skipped.
 *
 * @throws if they don't have the documented form
 */
export function readHeaders(bytes: Buffer): FrameHeaders {
  const texts = new Map<string, string>();
  let at = 0;
  while (at < bytes.length) {
    const nameEnd = at + 1 + bytes.readUInt8(at);
    const type = bytes.readUInt8(nameEnd);
    const size = SIZES[type];
    if (size === undefined) throw new Error('an event has a header of an unknown type');
    const start = nameEnd + (size === 'counted' ? 3 : 1);
    const end = start + (size === 'counted' ? bytes.readUInt16BE(nameEnd + 1) : size);
    if (end > bytes.length) throw new Error('an event has a header that is cut off');
    if (type === TEXT) texts.set(bytes.toString('utf8', at + 1, nameEnd), bytes.toString('utf8', start, end));
    at = end;
  }
  const kind = texts.get(':message-type') ?? '';
  const names: Readonly<Record<string, string>> = { error: ':error-code', exception: ':exception-type' };
  return { kind, type: texts.get(names[kind] ?? ':event-type') ?? '' };
}
