import { createSocket } from 'node:dgram';

const TYPE_A = 1;

/** A name server on loopback that knows a few names, and writes down every name that it is asked for. */
export async function nameServer(known: ReadonlyMap<string, string>): Promise<{ asked: string[]; close(): void }> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = question(query);
    asked.push(name);
    const found = type === TYPE_A ? known.get(name) : undefined;
    const header = Buffer.from(query.subarray(0, 12));
    // An answer to a recursive question; a name that isn't known doesn't exist.
    header.writeUInt16BE(known.has(name) ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(found === undefined ? 0 : 1, 6);
    header.fill(0, 8, 12);
    socket.send(
      Buffer.concat([header, query.subarray(12, end), ...(found === undefined ? [] : [record(found)])]),
      port,
      address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(53, '127.0.0.1', resolve));
  return { asked, close: () => socket.close() };
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

/** An A record that points to the question's name and may not be kept. */
function record(address: string): Buffer {
  const head = Buffer.from([0xc0, 0x0c, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4]);
  return Buffer.concat([head, Buffer.from(address.split('.').map(Number))]);
}
