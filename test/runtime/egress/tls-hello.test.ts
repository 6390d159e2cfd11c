import { egressHello } from '@/test/suricata/egress-hello';

/** The content of a TCP segment over Ethernet, with room for options. */
const SEGMENT = 1_400;
const HOST = 'api.openai-compat.model-serving.eu01.onstackit.cloud';

/** The types of a ClientHello's extensions, in order, and its server name. */
function extensionsOf(hello: Buffer): { readonly types: number[]; readonly name: string } {
  let at = 5 + 4 + 2 + 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  const types: number[] = [];
  let name = '';
  while (at < end) {
    const [type, size] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)];
    types.push(type);
    if (type === 0) name = hello.toString('latin1', at + 9, at + 4 + size);
    at += 4 + size;
  }
  return { types, name };
}

const [SERVER_NAME, RENEGOTIATION, ENCRYPTED_HELLO] = [0, 0xff01, 0xfe0d];

// `npm run test:suricata` does the same in Node 24, which Lambda runs, and sends it through the firewall's rules.
test('the first segment holds the whole hello, in the form that the firewall passes', async () => {
  const hello = await egressHello(process.execPath, HOST);
  expect(hello.length).toBeLessThan(SEGMENT);
  // One record with one message.
  expect(hello.readUInt16BE(3) + 5).toBe(hello.length);
  const { types, name } = extensionsOf(hello);
  expect(name).toBe(HOST);
  expect(types).not.toContain(ENCRYPTED_HELLO);
  // The rules look for the name first, or after an empty renegotiation_info.
  expect(types.slice(0, types.indexOf(SERVER_NAME))).toEqual(types[0] === RENEGOTIATION ? [RENEGOTIATION] : []);
});
