/** A packet of a capture. */
export interface Packet {
  readonly bytes: Buffer;
  /** The connection or exchange that it belongs to. */
  readonly of: string;
  /** Whether it carries content: what must not pass unless the server is listed. */
  readonly content: boolean;
}

/** One TCP connection. */
export interface Connection {
  readonly of: string;
  readonly clientPort: number;
  /**
   * @default 443
   */
  readonly serverPort?: number;
  /** What the client sends, a packet each. */
  readonly sends: readonly Buffer[];
  /** Content of the first packet, before the server has answered. */
  readonly early?: Buffer;
}

const CLIENT = [10, 98, 0, 5];
const SERVER = [198, 51, 100, 7];
/** What the server sends after each packet of the client: a record of application data. */
const ANSWER = Buffer.from(`1703030010${'cd'.repeat(16)}`, 'hex');
const FIN = 0x01;
const SYN = 0x02;
const PSH = 0x08;
const ACK = 0x10;
const NONE = Buffer.alloc(0);

/** The packets of a connection: its handshake, what the client sends, an answer to each, and its end. */
export function connection({ of, clientPort, serverPort = 443, sends, early = NONE }: Connection): Packet[] {
  let sent = 1_000;
  let answered = 5_000;
  const size = (flags: number, content: Buffer) => content.length + (flags & (SYN | FIN) ? 1 : 0);
  const out = (flags: number, content: Buffer = NONE): Packet => {
    const ports = [clientPort, serverPort] as const;
    const bytes = tcp(CLIENT, SERVER, ports, [sent, flags & ACK ? answered : 0], flags, content);
    sent += size(flags, content);
    return { of, bytes, content: content.length > 0 };
  };
  const back = (flags: number, content: Buffer = NONE): Packet => {
    const bytes = tcp(SERVER, CLIENT, [serverPort, clientPort], [answered, sent], flags, content);
    answered += size(flags, content);
    return { of, bytes, content: content.length > 0 };
  };
  return [
    out(SYN, early),
    back(SYN | ACK),
    out(ACK),
    ...sends.flatMap((content) => [out(PSH | ACK, content), back(PSH | ACK, ANSWER), out(ACK)]),
    out(FIN | ACK),
    back(FIN | ACK),
    out(ACK),
  ];
}

/** A UDP packet to a port of the server. */
export function udp(of: string, port: number, content: Buffer): Packet {
  const bytes = ethernet(
    ipv4(CLIENT, SERVER, 17, Buffer.concat([...[40_000, port, 8 + content.length, 0].map(uint16), content])),
  );
  return { of, bytes, content: true };
}

/** A packet of any protocol over IPv4. */
export const overIpv4 = (of: string, protocol: number, content: Buffer): Packet => ({
  of,
  bytes: ethernet(ipv4(CLIENT, SERVER, protocol, content)),
  content: true,
});

/** The packets as a capture file, a tenth of a millisecond apart. */
export function capture(packets: readonly Packet[]): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(262_144, 16);
  head.writeUInt32LE(1, 20);
  return Buffer.concat([
    head,
    ...packets.flatMap(({ bytes }, index) => {
      const record = Buffer.alloc(16);
      record.writeUInt32LE(1_796_000_000 + Math.floor(index / 10_000), 0);
      record.writeUInt32LE((index % 10_000) * 100, 4);
      record.writeUInt32LE(bytes.length, 8);
      record.writeUInt32LE(bytes.length, 12);
      return [record, bytes];
    }),
  ]);
}

function tcp(
  from: readonly number[],
  to: readonly number[],
  ports: readonly [number, number],
  numbers: readonly [number, number],
  flags: number,
  content: Buffer,
): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt16BE(ports[0], 0);
  head.writeUInt16BE(ports[1], 2);
  head.writeUInt32BE(numbers[0], 4);
  head.writeUInt32BE(numbers[1], 8);
  head.writeUInt8(5 << 4, 12);
  head.writeUInt8(flags, 13);
  head.writeUInt16BE(64_240, 14);
  const segment = Buffer.concat([head, content]);
  const pseudo = Buffer.concat([Buffer.from([...from, ...to, 0, 6]), uint16(segment.length)]);
  segment.writeUInt16BE(checksum(Buffer.concat([pseudo, segment])), 16);
  return ethernet(ipv4(from, to, 6, segment));
}

function ipv4(from: readonly number[], to: readonly number[], protocol: number, content: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt8(0x45, 0);
  head.writeUInt16BE(20 + content.length, 2);
  head.writeUInt16BE(0x4000, 6);
  head.writeUInt8(64, 8);
  head.writeUInt8(protocol, 9);
  Buffer.from([...from, ...to]).copy(head, 12);
  head.writeUInt16BE(checksum(head), 10);
  return Buffer.concat([head, content]);
}

const ethernet = (packet: Buffer): Buffer =>
  Buffer.concat([Buffer.from('0200000000020200000000010800', 'hex'), packet]);

/** A number as two bytes. */
export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** The checksum of RFC 1071. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
