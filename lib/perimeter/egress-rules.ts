import { egressNameProblems } from './egress-names';

/**
 * The rules of a firewall that lets TLS connections to these names pass, and drops everything else: Suricata rules, one a line, for
 * strict order.
 *
 * A rule that passes a name has every condition of a good ClientHello in itself, instead of rules before it that drop bad ones. So the
 * same connections pass if an engine evaluates `pass` before `drop`, as Suricata does without AWS's strict order.
 *
 * @param names the names that may be reached
 * @throws if a name can't be one
 */
export function egressRules(names: readonly string[]): string[] {
  const problems = egressNameProblems(names);
  if (problems.length > 0)
    throw new Error(`no rules can be written for the names of hosts: ${problems.join(', and ')}`);
  return [...HANDSHAKE, ...names.flatMap(passName), ...REST];
}

const TO_SERVER = '$HOME_NET any -> $EXTERNAL_NET 443';

/** A connection opens before its server name is known. Packets without content let it, to the port of TLS only. */
const HANDSHAKE = [
  `pass tcp ${TO_SERVER} (msg:"Packets without content, to a server"; dsize:0; sid:1000001; rev:1;)`,
  'pass tcp $EXTERNAL_NET 443 -> $HOME_NET any (msg:"Packets without content, from a server"; dsize:0; sid:1000002; rev:1;)',
];

/**
 * The name is checked twice. Suricata reads a server name up to its first NUL, so the whole extension must be at its place too, with its
 * lengths and this name alone. `startswith` with `endswith` is the whole name that Suricata read.
 *
 * Bytes of an extension could be anywhere in a hello: in a session ID, or in another extension. So its place is computed from the lengths
 * of what precedes it. It is the first extension, or, in a rule of its own, the second after an empty renegotiation_info, as OpenSSL sends.
 *
 * The JA3 string lists the extensions of a ClientHello by number: 65037 is Encrypted Client Hello (RFC 9849), whose server name isn't the
 * one that is read. It begins with the version, 771, of TLS 1.2 and 1.3; so a hello without this string never passes.
 */
const passName = (name: string, index: number) =>
  ['', '|ff 01 00 01 00|'].map((before, place) => {
    const length = (before === '' ? 0 : 5) + 9 + name.length;
    return (
      `pass tls ${TO_SERVER} (msg:"${name}"; flow:established,to_server; ${EXTENSIONS}` +
      `content:"${before}${extensionHead(name)}${name}"; distance:2; within:${length}; ` +
      `ja3.string; content:"771,"; startswith; content:!"65037"; tls.sni; content:"${name}"; startswith; endswith; ` +
      `sid:${1000101 + 2 * index + place}; rev:1;)`
    );
  });

/**
 * Goes to the length of the extensions: a record of the type handshake, 22, with a message ClientHello, 1, whose session ID, after 43 bytes,
 * cipher suites and compression methods are each preceded by their length.
 */
const EXTENSIONS =
  'content:"|16 03|"; startswith; content:"|01|"; offset:5; depth:1; byte_jump:1,43; byte_jump:2,0,relative; byte_jump:1,0,relative; ';

/** What precedes a name in the extension server_name of RFC 6066: its type, its length, the list's length, a host's type, the name's length. */
function extensionHead({ length }: string): string {
  const bytes = [0, length + 5, length + 3].flatMap(twoBytes).concat(0, twoBytes(length));
  return `|${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}|`;
}

const twoBytes = (value: number): number[] => [value >> 8, value & 0xff];

/** The rule that drops packets of no connection. Those that follow the end of one are among them. */
export const LATE_PACKETS = 1009004;

/**
 * Everything else, logged with what is known of it. `flow` makes the rules for TCP apply to every packet: Suricata evaluates a rule of
 * addresses and ports alone only for the first packet of a connection, which the handshake's rule has already passed. A condition on
 * content would not do either, because Suricata no longer reads the content of TLS that it takes for encrypted.
 */
const REST = [
  'alert tls $HOME_NET any -> any any (msg:"TLS to a server that isn\'t listed"; flow:established,to_server; sid:1009001; rev:1;)',
  'drop tls any any -> any any (msg:"TLS to a server that isn\'t listed"; flow:established; sid:1009002; rev:1;)',
  'drop tcp any any -> any any (msg:"TCP other than TLS to a listed server"; flow:established; sid:1009003; rev:1;)',
  `drop tcp any any -> any any (msg:"TCP other than the handshake of TLS"; flow:not_established; sid:${LATE_PACKETS}; rev:1;)`,
  'drop udp any any -> any any (msg:"UDP"; sid:1009005; rev:1;)',
  'drop icmp any any -> any any (msg:"ICMP"; sid:1009006; rev:1;)',
  'drop ip any any -> any any (msg:"Another protocol"; ip_proto:!6; ip_proto:!17; ip_proto:!1; sid:1009007; rev:1;)',
];
