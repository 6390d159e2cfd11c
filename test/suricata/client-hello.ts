import { createHash } from 'node:crypto';
import { uint16 } from './packets';

/** What differs between the ClientHellos of the test. */
export interface HelloOptions {
  /** Server names in the extension, in this order; no extension without one. */
  readonly names: readonly string[];
  /** Server names of a second extension of the same type. */
  readonly secondNames?: readonly string[];
  /** Adds an empty extension renegotiation_info before all others, as OpenSSL does. */
  readonly renegotiation?: boolean;
  /** The content of an extension that comes first. */
  readonly first?: Buffer;
  /** The content of an extension for padding, which comes last. */
  readonly padding?: Buffer;
  /** @default 32 bytes */
  readonly sessionId?: Buffer;
  /** Adds Encrypted Client Hello (extension 65037). */
  readonly ech?: boolean;
  /** @default 0x0303, as TLS 1.2 and 1.3 send */
  readonly version?: number;
}

/** A handshake message ClientHello, of TLS 1.3, without its record. */
export function clientHello(options: HelloOptions): Buffer {
  const { names, secondNames, first, padding, sessionId = bytes(32), ech = false, version = 0x0303 } = options;
  const extensions = Buffer.concat([
    ...(options.renegotiation ? [extension(0xff01, Buffer.from([0]))] : []),
    ...(first === undefined ? [] : [extension(35, first)]),
    ...(names.length === 0 ? [] : [namesExtension(names)]),
    ...(secondNames === undefined ? [] : [namesExtension(secondNames)]),
    ...(ech ? [extension(0xfe0d, encryptedHello())] : []),
    extension(10, list16(Buffer.from([0, 29, 0, 23]))),
    extension(13, list16(Buffer.from([4, 3, 8, 4]))),
    extension(43, Buffer.from([2, 3, 4])),
    extension(51, list16(Buffer.concat([Buffer.from([0, 29, 0, 32]), bytes(32)]))),
    ...(padding === undefined ? [] : [extension(21, padding)]),
  ]);
  const body = Buffer.concat([
    uint16(version),
    bytes(32),
    Buffer.from([sessionId.length]),
    sessionId,
    list16(Buffer.from([0x13, 0x01, 0x13, 0x02])),
    Buffer.from([1, 0]),
    list16(extensions),
  ]);
  return Buffer.concat([Buffer.from([1, 0]), uint16(body.length), body]);
}

/** A message in one or more records, cut at these offsets of the message. */
export function records(message: Buffer, ...cuts: readonly number[]): Buffer {
  return Buffer.concat(parts(message, cuts).map((part) => Buffer.concat([Buffer.from([0x16, 3, 1]), list16(part)])));
}

/** Bytes as the parts between these offsets. */
export function parts(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}

/** The extension server_name with these names. */
export const namesExtension = (names: readonly string[]) => extension(0, list16(Buffer.concat(names.map(serverName))));
const serverName = (name: string) => Buffer.concat([Buffer.from([0]), list16(Buffer.from(name, 'latin1'))]);
const extension = (type: number, content: Buffer) => Buffer.concat([uint16(type), list16(content)]);
const list16 = (content: Buffer) => Buffer.concat([uint16(content.length), content]);
const encryptedHello = () => Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 7]), list16(bytes(32)), list16(bytes(144))]);

/** Bytes that look random, and are the same in each run. */
const bytes = (length: number) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(length / 32) }, (_, index) => createHash('sha256').update(`${index}`).digest()),
  ).subarray(0, length);
