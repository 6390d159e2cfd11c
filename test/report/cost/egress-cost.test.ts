import { Template } from 'aws-cdk-lib/assertions';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { EgressHost } from '@/lib/constructs/egress/egress-host';
import { EgressNetwork } from '@/lib/constructs/egress/egress-network';
import { sumOfParts } from '@/lib/report/cost/bill';
import { fixedPart } from '@/lib/report/cost/fixed-part';
import { stackIn } from '@/test/support/in-region';

const NOW = new Date('2026-11-30');
const HOST = EgressHost.inside('openai.inference.de-txl.ionos.com');

function costIn(letters: readonly string[]) {
  const stack = stackIn('eu-central-1');
  const availabilityZones = letters.map((letter) => `eu-central-1${letter}`);
  new EgressNetwork(stack, 'Egress', { boundary: ResidencyBoundary.eu(), hosts: [HOST], availabilityZones });
  const template = Template.fromStack(stack).toJSON();
  return fixedPart([{ file: 'a.json', stack: 'a', group: 'a', template, deployRegion: 'eu-central-1' }], NOW);
}

test.each([
  [1, 292_00],
  [2, 584_00],
  [3, 876_00],
])('the network of egress in %d zones costs %d cents, all of them known', (zones, cents) => {
  const { lines, unknown } = costIn(['a', 'b', 'c'].slice(0, zones));
  expect(unknown).toEqual([]);
  expect(sumOfParts(lines, 'fixed')).toEqual({ cents, isComplete: true });
  expect(lines.map(({ item, quantity }) => [item, quantity])).toEqual(
    expect.arrayContaining([
      ['firewall endpoints', 730 * zones],
      ['NAT gateways behind firewalls', 730 * zones],
      ['public addresses', 730 * zones],
      ['names of DNS Firewall', expect.any(Number)],
    ]),
  );
});
