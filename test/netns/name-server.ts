import { createSocket } from 'node:dgram';

const TYPE_A = 1;

/** A name server on loopback that knows a few names, and records every name that is looked up. */
export async function nameServer(known: ReadonlyMap<string, string>): Promise<{ lookups: string[]; close(): void }> {
  const lookups: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address: sender }) => {
    const { name, type, end } = question(query);
    lookups.push(name);
    const address = type === TYPE_A ? known.get(name) : undefined;
    const header = Buffer.from(query.subarray(0, 12));
    // The flags of an answer to a recursive query; an unknown name doesn't exist.
    header.writeUInt16BE(known.has(name) ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(address === undefined ? 0 : 1, 6);
    header.fill(0, 8, 12);
    socket.send(
      Buffer.concat([header, query.subarray(12, end), ...(address === undefined ? [] : [record(address)])]),
      port,
      sender,
    );
  });
  await new Promise<void>((resolve) => socket.bind(53, '127.0.0.1', resolve));
  return { lookups, close: () => socket.close() };
}

function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** An A record that refers to the question's name, with a TTL of 0. */
function record(address: string): Buffer {
  const head = Buffer.from([0xc0, 0x0c, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4]);
  return Buffer.concat([head, Buffer.from(address.split('.').map(Number))]);
}
