import assert from 'node:assert/strict';
import {
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
} from '@aws-sdk/client-ec2';
import { findRegion } from '@/lib/facts/region';
import { type Context, FOUNDATION } from './context';
import { actions, resources, statementsOf } from './policy';

/** A VPC whose only egress is through endpoints, each with a policy. */
export async function network({ report, aws, deployed }: Context): Promise<void> {
  const vpc = deployed.one('AWS::EC2::VPC', FOUNDATION).physicalId;

  await report.check('the VPC has no route to the internet', async () => {
    // Filtered here too, because the emulator ignores some filters.
    const { InternetGateways } = await aws.ec2.send(new DescribeInternetGatewaysCommand({}));
    const attached = InternetGateways?.filter(({ Attachments }) => Attachments?.some(({ VpcId }) => VpcId === vpc));
    assert.deepEqual(attached, []);
    const { NatGateways } = await aws.ec2.send(new DescribeNatGatewaysCommand({}));
    assert.deepEqual(NatGateways, []);
    const { RouteTables } = await aws.ec2.send(new DescribeRouteTablesCommand({}));
    const routes = (RouteTables ?? []).filter(({ VpcId }) => VpcId === vpc).flatMap((table) => table.Routes ?? []);
    assert.ok(routes.length > 0);
    for (const { GatewayId } of routes) assert.match(GatewayId ?? '', /^(local|vpce-\w+)$/);
    return `${routes.length} routes`;
  });

  const { VpcEndpoints } = await aws.ec2.send(new DescribeVpcEndpointsCommand({}));
  await report.check('the endpoints match the template', () => {
    const names = (VpcEndpoints ?? []).map(({ ServiceName }) =>
      ServiceName?.replace('com.amazonaws.eu-central-1.', ''),
    );
    assert.equal(names.length, deployed.ofType('AWS::EC2::VPCEndpoint').length);
    return names.sort().join(', ');
  });
  await report.check('the interface endpoints have private DNS and one security group', () => {
    const interfaces = (VpcEndpoints ?? []).filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
    assert.ok(interfaces.length > 0);
    for (const { PrivateDnsEnabled, Groups, VpcId } of interfaces) {
      assert.equal(VpcId, vpc);
      assert.equal(PrivateDnsEnabled, true);
      assert.deepEqual(
        Groups?.map(({ GroupId }) => GroupId),
        [deployed.one('AWS::EC2::SecurityGroup', `${FOUNDATION}/Endpoints`).physicalId],
      );
    }
  });
  for (const { ServiceName, PolicyDocument } of VpcEndpoints ?? []) {
    await report.check(`endpoint ${ServiceName}: its policy doesn't allow everything`, () => {
      const allowed = statementsOf(JSON.parse(PolicyDocument ?? '')).filter(({ Effect }) => Effect === 'Allow');
      assert.ok(allowed.length > 0);
      for (const statement of allowed) {
        const open = actions(statement).includes('*') && resources(statement).includes('*') && !statement.Condition;
        assert.ok(!open, `${statement.Sid} allows everything`);
      }
    });
  }
  await report.check('endpoint bedrock-runtime: its policy names only models in the EU, without a wildcard', () => {
    const endpoint = VpcEndpoints?.find(({ ServiceName }) => ServiceName?.endsWith('.bedrock-runtime'));
    const arns = statementsOf(JSON.parse(endpoint?.PolicyDocument ?? '')).flatMap(resources);
    assert.ok(arns.length > 0);
    for (const arn of arns) assert.equal(findRegion(arn.split(':')[3] ?? '')?.euMember, true, `${arn} isn't in the EU`);
    return `${arns.length} ARNs`;
  });
  await report.check('the endpoints admit only the clients, over HTTPS', async () => {
    const [endpoints, clients] = [`${FOUNDATION}/Endpoints`, `${FOUNDATION}/Network/Clients`].map(
      (under) => deployed.one('AWS::EC2::SecurityGroup', under).physicalId,
    ) as [string, string];
    const { SecurityGroups } = await aws.ec2.send(
      new DescribeSecurityGroupsCommand({ GroupIds: [endpoints, clients] }),
    );
    const ingress = (id: string) => SecurityGroups?.find(({ GroupId }) => GroupId === id)?.IpPermissions ?? [];
    assert.deepEqual(
      ingress(endpoints).map((rule) => [
        rule.IpProtocol,
        rule.FromPort,
        rule.ToPort,
        rule.UserIdGroupPairs?.map(({ GroupId }) => GroupId),
        rule.IpRanges,
      ]),
      [['tcp', 443, 443, [clients], []]],
    );
    assert.deepEqual(ingress(clients), []);
  });
  await report.check('the traffic of the VPC is logged', async () => {
    const { FlowLogs } = await aws.ec2.send(
      new DescribeFlowLogsCommand({ Filter: [{ Name: 'resource-id', Values: [vpc] }] }),
    );
    assert.deepEqual(
      FlowLogs?.map(({ TrafficType, FlowLogStatus }) => [TrafficType, FlowLogStatus]),
      [['ALL', 'ACTIVE']],
    );
  });
}
