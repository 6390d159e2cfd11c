import { egressRules } from '@/lib/perimeter/egress-rules';
import { clientHello, type HelloOptions, namesExtension, parts, records } from './client-hello';
import { passed } from './engine';
import { LISTED, unlistedNames } from './names';
import { connection, overIpv4, type Packet, udp } from './packets';

jest.setTimeout(300_000);

/** The default action of the policy, `aws:drop_strict`, in Suricata's words. */
const DROP_STRICT = 'drop ip any any -> any any (msg:"aws:drop_strict"; sid:9000001; rev:1;)';
const RULES = [...egressRules(LISTED), DROP_STRICT];
const [OPENAI = ''] = LISTED;
const DATA = Buffer.from(`1703030020${'ab'.repeat(32)}`, 'hex');

const hello = (options: HelloOptions) => records(clientHello(options));
let nextPort = 1_024;
const to = (of: string, sends: readonly Buffer[], serverPort?: number): Packet[] =>
  connection({ of, clientPort: nextPort++, sends: [...sends, DATA], ...(serverPort && { serverPort }) });
const of = (packets: readonly Packet[]) => [...new Set(packets.map((packet) => packet.of))];
const withContent = (packets: readonly Packet[]) => packets.filter(({ content }) => content);

beforeEach(() => {
  nextPort = 1_024;
});

/** The condition on the bytes of the whole extension, and on its place alone. */
const EXTENSION = /content:"\|16 03.* within:\d+; /;
const PLACE = /content:"\|16 03.*byte_jump:1,0,relative; (content:"[^"]*"; )distance:2; within:\d+; /;

/** A connection of each kind that must not pass. */
const REFUSED = (): Packet[] => [
  ...to('no server name', [hello({ names: [] })]),
  ...to('a listed name with ECH', [hello({ names: [OPENAI], ech: true })]),
  ...to('an unlisted name with ECH', [hello({ names: ['example.com'], ech: true })]),
  ...to('ECH split over two records', [records(clientHello({ names: [OPENAI], ech: true }), 135)]),
  ...to('a NUL in the name, and a listed extension in the padding', [
    hello({ names: [`${OPENAI}\0.example.com`], padding: namesExtension([OPENAI]) }),
  ]),
  ...to('a NUL in the name, and a listed extension in the first one', [
    hello({ names: [`${OPENAI}\0.example.com`], first: namesExtension([OPENAI]) }),
  ]),
  ...to('a NUL in the name, and a listed extension in the session ID', [
    hello({ names: [`${OPENAI}\0.example.com`], sessionId: namesExtension([OPENAI]) }),
  ]),
  ...to('a NUL in the name after renegotiation, and a listed extension in the padding', [
    hello({ names: [`${OPENAI}\0.example.com`], renegotiation: true, padding: namesExtension([OPENAI]) }),
  ]),
  ...to('an extension with an unlisted name, then one with a listed one', [
    hello({ names: ['example.com'], secondNames: [OPENAI] }),
  ]),
  ...to('an unlisted name before a listed one', [hello({ names: ['example.com', OPENAI] })]),
  ...to('an unlisted name after a listed one', [hello({ names: [OPENAI, 'example.com'] })]),
  ...to('an unlisted name in the second segment', parts(hello({ names: ['example.com'] }), [60])),
  ...to('an unlisted name over two records', [records(clientHello({ names: ['n.example.com'] }), 130)]),
  ...to('an unlisted name, then a listed one', [hello({ names: ['example.com'] }), hello({ names: [OPENAI] })]),
  ...to('a version before TLS 1.2', [hello({ names: [OPENAI], version: 0x0301 })]),
  ...to('a listed name at another port', [hello({ names: [OPENAI] })], 8_443),
  ...to('data without a ClientHello', []),
  ...to('HTTP with a listed name', [Buffer.from(`GET / HTTP/1.1\r\nHost: ${OPENAI}\r\n\r\n`)]),
  ...to('a listed name in HTTP at port 80', [Buffer.from(`GET / HTTP/1.1\r\nHost: ${OPENAI}\r\n\r\n`)], 80),
  ...to('SSH', [Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')]),
  ...to('a proxy', [Buffer.from(`CONNECT ${OPENAI}:443 HTTP/1.1\r\n\r\n`), hello({ names: [OPENAI] })]),
  ...to('bytes', [Buffer.from('0001020304', 'hex')]),
  ...connection({ of: 'content before the handshake', clientPort: nextPort++, sends: [], early: DATA }),
  udp('QUIC', 443, hello({ names: [OPENAI] })),
  udp('DNS', 53, Buffer.from('0001010000010000', 'hex')),
  overIpv4('ICMP', 1, Buffer.from('0800f7ff00000000', 'hex')),
  overIpv4('GRE', 47, Buffer.from('00000800', 'hex')),
];

test('10,000 names that are not listed do not pass', () => {
  const names = unlistedNames(10_000);
  expect(
    of(
      passed(
        RULES,
        names.flatMap(({ what, name }) => to(`${what}: ${name}`, [hello({ names: [name] })])),
      ),
    ),
  ).toEqual([]);
});

test('every listed name passes, with all that follows in both directions', () => {
  const packets = LISTED.flatMap((name) => to(name, [hello({ names: [name] })]));
  expect(passed(RULES, packets)).toEqual(withContent(packets));
});

test('every listed name passes after an empty renegotiation_info, as OpenSSL sends it', () => {
  const packets = LISTED.flatMap((name) => to(name, [hello({ names: [name], renegotiation: true })]));
  expect(passed(RULES, packets)).toEqual(withContent(packets));
});

test('a second extension with an unlisted name passes, which servers must refuse', () => {
  const packets = to('two extensions', [hello({ names: [OPENAI], secondNames: ['example.com'] })]);
  expect(passed(RULES, packets)).toEqual(withContent(packets));
});

test('a listed name at another place than OpenSSL and Node send it does not pass', () => {
  expect(passed(RULES, to('third', [hello({ names: [OPENAI], first: Buffer.alloc(0) })]))).toEqual([]);
});

test.each([
  ['before it', 60, false],
  ['within it', 100, false],
  ['after it', 130, true],
])('a hello with a listed name in two records, cut %s', (_, cut, passes) => {
  const message = clientHello({ names: [OPENAI] });
  const at = message.indexOf(OPENAI);
  expect(cut > at + OPENAI.length).toBe(passes);
  const packets = to('two records', [records(message, cut)]);
  expect(passed(RULES, packets)).toEqual(passes ? withContent(packets) : []);
});

test('a segment that ends before a listed name is dropped', () => {
  const packets = to('two segments', parts(hello({ names: [OPENAI] }), [60]));
  const [first] = withContent(packets);
  expect(passed(RULES, packets)).not.toContain(first);
});

test('nothing else passes', () => {
  const packets = REFUSED();
  // What a capture shows after a dropped hello can't follow it on a real connection: the server never received its first bytes.
  const later = 'an unlisted name, then a listed one';
  expect(of(passed(RULES, packets)).filter((one) => one !== later)).toEqual([]);
  const [first] = withContent(packets.filter((packet) => packet.of === later));
  expect(passed(RULES, packets)).not.toContain(first);
});

test('a connection that Suricata did not see from its beginning does not pass', () => {
  const packets = to(OPENAI, [hello({ names: [OPENAI] })]).slice(3);
  expect(passed(RULES, packets)).toEqual([]);
});

describe('each condition is needed: without it, something passes', () => {
  test.each<[string, (rule: string) => string, string]>([
    [
      'the end of the name',
      (rule) => rule.replace(EXTENSION, '').replace(' endswith;', ''),
      'a name that begins with it',
    ],
    [
      'the beginning of the name',
      (rule) => rule.replace(EXTENSION, '').replace('startswith; endswith', 'endswith'),
      'a name below it',
    ],
    ['the check for ECH', (rule) => rule.replace(' content:!"65037";', ''), 'a listed name with ECH'],
    ['the version', (rule) => rule.replace(' content:"771,"; startswith;', ''), 'a version before TLS 1.2'],
    [
      'the port',
      (rule) => (rule.startsWith('pass') ? rule.replace('443', 'any') : rule),
      'a listed name at another port',
    ],
    ['the whole extension', (rule) => rule.replace(EXTENSION, ''), 'a NUL, and another name'],
    [
      'the place of the extension',
      (rule) => rule.replace(PLACE, '$1'),
      'a NUL in the name, and a listed extension in the padding',
    ],
    [
      'packets without content',
      (rule) => rule.replace('dsize:0; ', 'flow:not_established; '),
      'content before the handshake',
    ],
    ['the drop of TLS and TCP', (rule) => (/^drop (tls|tcp) .*flow:established/.test(rule) ? '' : rule), 'SSH'],
    ['the drop of UDP', (rule) => (rule.startsWith('drop udp') || rule === DROP_STRICT ? '' : rule), 'QUIC'],
    ['the drop of ICMP', (rule) => (rule.startsWith('drop icmp') || rule === DROP_STRICT ? '' : rule), 'ICMP'],
    ['the drop of the rest', (rule) => (rule.startsWith('drop ip') ? '' : rule), 'GRE'],
  ])('%s', (_, weaken, what) => {
    const packets = [...REFUSED(), ...unlistedNames(60).flatMap((one) => to(one.what, [hello({ names: [one.name] })]))];
    expect(of(passed(RULES.map(weaken), packets))).toContain(what);
  });
});
