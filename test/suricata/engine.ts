import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { environment, SURICATA } from './install';
import { capture, type Packet } from './packets';

/** As the firewall policy sets it: the range of the network, and streams that aren't whole are dropped. */
const CONFIGURATION = `%YAML 1.1
---
vars:
  address-groups:
    HOME_NET: "[10.98.0.0/23]"
    EXTERNAL_NET: "!$HOME_NET"
outputs:
  - eve-log: { enabled: yes, filetype: regular, filename: eve.json, types: [{ drop: { alerts: no, flows: all } }] }
app-layer:
  protocols:
    tls: { enabled: yes, detection-ports: { dp: 443 } }
    http: { enabled: yes }
    ssh: { enabled: yes }
stream: { inline: yes, midstream: no, checksum-validation: yes, memcap: 512mb, reassembly: { memcap: 512mb } }
flow: { memcap: 512mb }
`;

/**
 * What passes Suricata with these rules: the packets with content that it doesn't drop, as it reads them from a capture in its mode of an
 * intrusion prevention system. A capture goes on after a dropped packet, so more is sent than a real client would.
 *
 * @throws if Suricata refuses a rule or the capture
 */
export function passed(rules: readonly string[], packets: readonly Packet[]): Packet[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'suricata-'));
  const file = (name: string) => path.join(folder, name);
  try {
    mkdirSync(file('log'));
    writeFileSync(file('suricata.yaml'), CONFIGURATION);
    writeFileSync(file('egress.rules'), `${rules.join('\n')}\n`);
    writeFileSync(file('packets.pcap'), capture(packets));
    const args = [
      '-c',
      file('suricata.yaml'),
      '-S',
      file('egress.rules'),
      '-r',
      file('packets.pcap'),
      '-l',
      file('log'),
    ];
    const options = ['--simulate-ips', '--runmode', 'single', '--init-errors-fatal'];
    const { status, stderr, stdout } = spawnSync(SURICATA, [...args, ...options], {
      env: environment(),
      encoding: 'utf8',
    });
    const read = /read 1 file, (\d+) packets/.exec(stdout + stderr)?.[1];
    if (status !== 0 || Number(read) !== packets.length) {
      throw new Error(
        `suricata must read ${packets.length} packets, got ${read ?? 'none'}, exit ${status}: ${stdout}${stderr}`,
      );
    }
    const dropped = new Set(
      readFileSync(file('log/eve.json'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line).pcap_cnt - 1),
    );
    return packets.filter(({ content }, index) => content && !dropped.has(index));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
