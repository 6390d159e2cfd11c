import { egressRules } from '@/lib/perimeter/egress-rules';
import { parts } from './client-hello';
import { egressHello } from './egress-hello';
import { passed } from './engine';
import { LISTED } from './names';
import { node24Path, nodeHello } from './node-hello';
import { connection } from './packets';

jest.setTimeout(300_000);

/** The content of a TCP segment over Ethernet. */
const SEGMENT = 1_460;
const [OPENAI = ''] = LISTED;
const sent = (hello: Buffer) =>
  connection({
    of: 'Node 24',
    clientPort: 40_000,
    sends: parts(hello, hello.length > SEGMENT ? [SEGMENT] : []),
  });

describe("Node 24's ClientHello", () => {
  test("fits one segment with ecdhCurve 'X25519:P-256', and passes if the name is listed", async () => {
    const hello = await nodeHello(OPENAI, 'X25519:P-256');
    expect(hello.length).toBeLessThan(SEGMENT);
    expect(passed(egressRules(LISTED), sent(hello))).toHaveLength(2);
    expect(passed(egressRules(['api.scaleway.ai']), sent(hello))).toEqual([]);
  });

  test('needs two segments by default, and the first is dropped', async () => {
    const hello = await nodeHello(OPENAI);
    expect(hello.length).toBeGreaterThan(SEGMENT);
    const packets = sent(hello);
    const [first] = packets.filter(({ content }) => content);
    expect(passed(egressRules(LISTED), packets)).not.toContain(first);
    expect(passed(egressRules(['api.scaleway.ai']), packets)).toEqual([]);
  });
});

test.each([
  ['Node 24, which Lambda runs', node24Path],
  ['the Node of this test', async () => process.execPath],
])("the egress function's own hello in %s passes to a listed name only", async (_, node) => {
  for (const name of LISTED) {
    const hello = await egressHello(await node(), name);
    expect(hello.length).toBeLessThan(SEGMENT);
    expect(passed(egressRules(LISTED), sent(hello))).toHaveLength(2);
    expect(passed(egressRules(LISTED.filter((other) => other !== name)), sent(hello))).toEqual([]);
  }
});
