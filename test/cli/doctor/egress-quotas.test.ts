import { egressQuotas } from '@/lib/cli/aws/doctor/egress-quotas';
import { QUOTA_NEEDS } from '@/lib/cli/aws/doctor/quota-needs';
import type { AwsAnswer } from '@/test/support/fake-aws';
import { DEPLOYMENT } from '../../support/deployment';
import { withEgress } from '../../support/egress-deployment';
import { FakeAccount } from './fake-account';
import { HEALTHY, instead, vpcs } from './healthy-account';

const account = new FakeAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

const ec2 = (action: string, set: string, items: readonly string[], more = ''): AwsAnswer => ({
  xml: `<${action}Response><${set}>${items.map((item) => `<item>${item}</item>`).join('')}</${set}>${more}</${action}Response>`,
});
const nats = (all: Readonly<Record<string, string>>) => [
  instead(
    'ec2 DescribeNatGateways',
    ec2(
      'DescribeNatGateways',
      'natGatewaySet',
      Object.entries(all).map(
        ([id, zone]) => `<natGatewayId>${id}</natGatewayId><subnetId>subnet-${zone}</subnetId><state>available</state>`,
      ),
    ),
  ),
  instead(
    'ec2 DescribeSubnets',
    ec2(
      'DescribeSubnets',
      'subnetSet',
      [...new Set(Object.values(all))].map(
        (zone) => `<subnetId>subnet-${zone}</subnetId><availabilityZone>eu-central-1${zone}</availabilityZone>`,
      ),
    ),
  ),
];
const addresses = (...all: readonly string[]) =>
  instead(
    'ec2 DescribeAddresses',
    ec2(
      'DescribeAddresses',
      'addressesSet',
      all.map((one) => `<publicIp>${one}</publicIp>`),
    ),
  );
/** Firewalls in pages of one. */
const firewalls = (...all: readonly string[]) =>
  instead('network-firewall ListFirewalls', ({ body }) => {
    const { NextToken = '0' } = JSON.parse(body);
    const at = Number(NextToken);
    const Firewalls = all.slice(at, at + 1).map((FirewallArn) => ({ FirewallArn }));
    return { json: { Firewalls, ...(at + 1 < all.length && { NextToken: `${at + 1}` }) } };
  });
const values = (value: number) => instead('servicequotas GetServiceQuota', { json: { Quota: { Value: value } } });
const deployed = (...ids: readonly string[]) =>
  instead('cloudformation ListStackResources', {
    xml: `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>${ids
      .map(
        (id) =>
          `<member><LogicalResourceId>A</LogicalResourceId><PhysicalResourceId>${id}</PhysicalResourceId><ResourceType>B</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-11-01T00:00:00Z</LastUpdatedTimestamp></member>`,
      )
      .join('')}</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`,
  });
const EMPTY = [...nats({}), addresses(), firewalls()];
const examined = (answerers: Parameters<FakeAccount['examined']>[1], deployment: object = withEgress()) =>
  account.examined(egressQuotas, [...answerers, ...HEALTHY], deployment);

test('an account without any of them has room', async () => {
  expect(await examined(EMPTY)).toEqual(
    [
      '1000 NAT gateways per Availability Zone, of which others use 0',
      '1000 Elastic IP addresses per Region, of which others use 0',
      '1000 firewalls of Network Firewall, of which others use 0',
    ].map((found) => ({ check: 'egress quota', state: 'ok', region: 'eu-central-1', found })),
  );
});

test('a deployment without an egress needs none, and nothing is called', async () => {
  expect(await examined(EMPTY, DEPLOYMENT)).toEqual([]);
  expect(account.aws.calls).toEqual([]);
});

test('what others use counts, in the zone of which there is most', async () => {
  const answerers = [
    values(2),
    ...nats({ 'nat-1': 'a', 'nat-2': 'a', 'nat-3': 'b', 'nat-4': 'c', 'nat-5': 'c', 'nat-6': 'c' }),
    addresses('192.0.2.1'),
    firewalls('arn:1', 'arn:2'),
  ];
  expect((await examined(answerers)).map(({ state, found }) => [state, found])).toEqual([
    [
      'missing',
      '2 NAT gateways per Availability Zone, of which others use 2, but 3 are needed: the egress has one in each of its zones ' +
        '(eu-central-1a, eu-central-1b)',
    ],
    ['missing', expect.stringContaining('of which others use 1, but 3 are needed')],
    ['missing', expect.stringContaining('of which others use 2, but 4 are needed')],
  ]);
});

test('one zone needs one of each, and the fix names the quota', async () => {
  const answerers = [values(1), ...nats({}), addresses(), firewalls('arn:1')];
  const lines = await examined(answerers, withEgress({ zones: ['eu-central-1c'] }));
  expect(lines.map(({ state }) => state)).toEqual(['ok', 'ok', 'missing']);
  expect(lines[2]?.fix).toBe(
    'aws service-quotas request-service-quota-increase --service-code network-firewall --quota-code L-DE163D32 --desired-value 2 ' +
      '--region eu-central-1; or delete one that nothing uses',
  );
});

test("a deployed egress's own don't count twice", async () => {
  const answerers = [
    values(2),
    ...nats({ 'nat-1': 'a', 'nat-2': 'b' }),
    addresses('192.0.2.1', '192.0.2.2'),
    firewalls('arn:1', 'arn:2'),
    deployed('nat-1', 'nat-2', '192.0.2.1', '192.0.2.2', 'arn:1', 'arn:2'),
  ];
  expect((await examined(answerers)).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
});

test.each([
  ['ec2 DescribeNatGateways', { error: 'UnauthorizedOperation', status: 403 }, 'ec2:DescribeNatGateways'],
  ['network-firewall ListFirewalls', { error: 'AccessDeniedException' }, 'network-firewall:ListFirewalls is denied'],
  [
    'network-firewall ListFirewalls',
    { error: 'InternalServerError', status: 500 },
    'network-firewall:ListFirewalls failed',
  ],
  ['servicequotas GetServiceQuota', { error: 'NoSuchResourceException' }, 'servicequotas:GetServiceQuota failed'],
] as const)(
  'what %s does not say is not visible, and nothing of its message is repeated',
  async (name, answer, found) => {
    const lines = await examined([instead(name, answer), ...EMPTY]);
    expect(lines).toContainEqual(
      expect.objectContaining({ state: 'not-visible', found: expect.stringContaining(found), fix: expect.any(String) }),
    );
    expect(JSON.stringify(lines)).not.toContain('CANARY');
  },
);

test('an egress needs a VPC of its own', async () => {
  const vpcsNeeded = QUOTA_NEEDS.find(({ code }) => code === 'L-F678F1CE');
  const least = (deployment: object) =>
    account.examined(
      async (subject) => [{ found: `${await vpcsNeeded?.least(subject, 'eu-central-1')}` }] as never,
      [instead('ec2 DescribeVpcs', vpcs(['other'])), ...HEALTHY],
      { ...deployment, network: {} },
    );
  expect(await least(DEPLOYMENT)).toEqual([{ found: '2' }]);
  expect(await least(withEgress())).toEqual([{ found: '3' }]);
});
